import type { TokenSource } from "../bridge/contract.ts";

/** True where the browser has an interface to USB tokens at all. */
export function hasTokenApi(): boolean {
  return "usb" in navigator || "hid" in navigator;
}

/** True where some token of a source can be read in this browser. */
export function canReadTokens(source: TokenSource): boolean {
  return source
    .supportedTokens()
    .some(({ reachable, api }) => reachable && api !== "typed" && api !== "none");
}

/** The browser's own tokens. Loaded when an element needs them: a page that only takes typed codes does without. */
export async function loadBrowserTokens(): Promise<TokenSource> {
  const { browserTokens } = await import("../bridge/index.ts");
  return browserTokens();
}
