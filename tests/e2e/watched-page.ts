import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import { EMBEDDER, OTHER_SITE, STRANGER } from "./embedder.ts";

/** What a page gave away while it was used. */
export interface Evidence {
  /** Directive and blocked address of every violation of a policy. */
  readonly violations: string[];
  /** Every address asked for. */
  readonly requests: string[];
  /** Everything written to the consoles of pages and workers, and errors nobody caught. */
  readonly logs: string[];
  /** Own properties of every event of ours, as text. */
  readonly events: string[];
  /** Every value given to an attribute. */
  readonly attributes: string[];
  /** Every address the page had. */
  readonly addresses: string[];
}

type Kind = "violations" | "events" | "attributes";

/** Records what every page of a context does, from before its first script. */
export async function watch(context: BrowserContext): Promise<Evidence> {
  const evidence: Evidence = {
    violations: [],
    requests: [],
    logs: [],
    events: [],
    attributes: [],
    addresses: [],
  };
  await context.exposeBinding("tellTest", (_, kind: Kind, text: string) => void evidence[kind].push(text));
  await context.addInitScript(recordInPage);
  context.on("request", (request) => evidence.requests.push(request.url()));
  context.on("console", (message) => evidence.logs.push(message.text()));
  context.on("weberror", (error) => evidence.logs.push(String(error.error())));
  context.on("page", (page) => {
    page.on("framenavigated", (frame) => evidence.addresses.push(frame.url()));
  });
  return evidence;
}

/** Runs in the page, before its scripts. */
function recordInPage(): void {
  const tell = (kind: Kind, text: string) =>
    (window as unknown as { tellTest(kind: Kind, text: string): Promise<void> }).tellTest(kind, text);
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
    void tell("violations", `${effectiveDirective} ${blockedURI} ${sourceFile}`);
  });
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (/^(?:oath|console)-/u.test(event.type)) {
      const own = Reflect.ownKeys(event).map((key) => [String(key), Reflect.get(event, key) as unknown]);
      void tell("events", `${event.type} ${JSON.stringify([own, event])}`);
    }
    return dispatch.call(this, event);
  };
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    void tell("attributes", `${name}=${value}`);
    setAttribute.call(this, name, value);
  };
}

/** Everything the page keeps: storages, history state, and the databases with bytes written as hexadecimal digits. */
export function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const seen: unknown[] = [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      history.state,
      document.cookie,
    ];
    const opened = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(new Error(name)));
      });
    const all = (database: IDBDatabase, store: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(new Error(store)));
      });
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await opened(name);
      for (const store of database.objectStoreNames) seen.push(store, await all(database, store));
      database.close();
    }
    const hex = (bytes: Uint8Array) =>
      Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return JSON.stringify(seen, (_, value: unknown) => {
      if (value instanceof ArrayBuffer) return hex(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) {
        return hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      }
      return value;
    });
  });
}

/** Every test of the console runs under its policy: none may break it, and none may leave the origin. */
export const test = watched([]);

/** The same where the console is in a frame of another origin, whose page is asked for as well. */
export const framedTest = watched([EMBEDDER, OTHER_SITE, STRANGER]);

function watched(others: readonly string[]) {
  return base.extend<{ evidence: Evidence }>({
    evidence: [
      async ({ context, baseURL }, use) => {
        const evidence = await watch(context);
        await use(evidence);
        expect(evidence.violations).toEqual([]);
        const allowed = [new URL(baseURL ?? "").origin, ...others];
        expect(evidence.requests.filter((url) => !isAt(url, allowed))).toEqual([]);
      },
      { auto: true },
    ],
  });
}

function isAt(url: string, origins: readonly string[]): boolean {
  const { protocol, origin } = new URL(url);
  return protocol === "data:" || origins.includes(origin);
}
