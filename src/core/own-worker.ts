/** The name a page's `trusted-types` directive has to list for our workers to start. */
export const WORKER_POLICY_NAME = "oath-bridge";

/** What our workers' scripts are called, as source, as built, and with a hash in the name. */
const OWN_SCRIPT = /\/(?:verification|identification)\.worker(?:-[\w-]+)?\.[jt]s$/u;

/** The parts of the Trusted Types API that are used here; TypeScript's libraries do not have it. */
interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

/** Addresses of scripts whose text we made ourselves. */
const ownAddresses = new Set<string>();

/** Counts the address of a script of ours that no name tells: the bundle's worker, made from its own text. */
export function vouchFor(address: string): void {
  ownAddresses.add(address);
}

let policy: ScriptUrlPolicy | null | undefined;

/**
 * `Worker` for a page that demands Trusted Types (W3C Trusted Types, section 4.2: the address of a worker is a sink). Our policy
 * vouches for our own two scripts at this page's origin, and for those made of our own text, and for nothing else, and nothing but this constructor can ask it.
 *
 * Import it under the name `Worker`: bundlers recognise the literal `new Worker(new URL(…, import.meta.url))`. Where the page
 * lists no policy of ours, or the script is called otherwise, the browser refuses with a `TypeError`, as it does for any worker.
 */
export const OwnWorker = function (url: URL, options?: WorkerOptions): Worker {
  policy ??= createPolicy();
  return new Worker(policy ? trusted(policy, url) : url, options);
} as unknown as new (url: URL, options?: WorkerOptions) => Worker;

/** An address that is not vouched for is left to the browser: where nothing demands it, an embedder may have renamed the script. */
function trusted(by: ScriptUrlPolicy, url: URL): URL {
  try {
    // Only the browser can tell a trusted address from a string; the type says string or URL.
    return by.createScriptURL(url.href) as URL;
  } catch {
    return url;
  }
}

/** Null where the browser knows no Trusted Types, or the page does not list our policy. */
function createPolicy(): ScriptUrlPolicy | null {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  try {
    return trustedTypes?.createPolicy(WORKER_POLICY_NAME, { createScriptURL: requireOwnScript }) ?? null;
  } catch {
    return null;
  }
}

/** Throws a `TypeError` for an address that is not one of our workers' at this origin. */
export function requireOwnScript(url: string): string {
  if (ownAddresses.has(url)) return url;
  const { origin, pathname } = new URL(url);
  // Not the address's: a page in a `srcdoc` frame has its parent's origin and no address of its own.
  if (origin === globalThis.origin && OWN_SCRIPT.test(pathname)) return url;
  throw new TypeError("This is no worker of oath-bridge.");
}
