import type { PageState } from "../vault/vault-watch.ts";

/** What we need of a document, where there is one: this folder is compiled without the DOM. */
interface PageDocument extends EventTarget {
  readonly visibilityState: string;
}

/**
 * Tells when the page is hidden and when it is seen again, also when it comes back by the browser's *Back* (`pageshow`).
 * Returns what ends it. Outside a page it tells nothing.
 */
export function watchPage(tell: (state: PageState) => void): () => void {
  const page = (globalThis as { readonly document?: PageDocument }).document;
  if (!page) return () => undefined;
  const onVisibility = () => tell(page.visibilityState === "hidden" ? "hidden" : "visible");
  page.addEventListener("visibilitychange", onVisibility);
  globalThis.addEventListener("pageshow", onVisibility);
  if (page.visibilityState === "hidden") tell("hidden");
  return () => {
    page.removeEventListener("visibilitychange", onVisibility);
    globalThis.removeEventListener("pageshow", onVisibility);
  };
}
