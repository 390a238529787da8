import { WORKER_POLICY_NAME } from "../core/own-worker.ts";

/** The headers an address is to be served with. */
export type Headers = Readonly<Record<string, string>>;

/** What the console needs, and nothing else (Content Security Policy Level 3; Trusted Types). */
const PAGE_DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  // The virtual tokens of the demo compute their codes in the page, with the same kernel as the worker. It compiles no script.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  `trusted-types lit-html ${WORKER_POLICY_NAME}`,
];

/**
 * A worker has the policy its own response brings, not the page's (CSP Level 3, section 4.2.2). It compiles the kernel and
 * Argon2, starts identification workers, and has no business on the network.
 */
const WORKER_DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${WORKER_POLICY_NAME}`,
];

const WORKER_SCRIPT = /\.worker(?:-[\w-]+)?\.[jt]s$/u;

/** The console's policy as far as a `<meta>` can say it: who may frame the page, only a header can. */
export const PAGE_POLICY = PAGE_DIRECTIVES.join("; ");

/** The worker's policy. */
export const WORKER_POLICY = WORKER_DIRECTIVES.join("; ");

/**
 * The headers for one path of the console.
 * @param embedders the origins that may show it in a frame besides its own; see `SECURITY.md` on what a frame keeps apart
 */
export function headersFor(pathname: string, embedders: readonly string[] = []): Headers {
  const plain = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" };
  if (WORKER_SCRIPT.test(pathname)) return { ...plain, "Content-Security-Policy": WORKER_POLICY };
  const frameAncestors = ["frame-ancestors 'self'", ...embedders].join(" ");
  return {
    ...plain,
    "Content-Security-Policy": `${PAGE_POLICY}; ${frameAncestors}`,
    "Permissions-Policy": "hid=(self), usb=(self)",
  };
}

/** The policy for Vite's development server, whose client puts style sheets into the page as text. */
export function developmentPolicy(): string {
  return PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
}
