/**
 * `oath-bridge/bridge`: tokens a page can read codes from, over WebUSB and WebHID. Importing it touches no device; the
 * functions ask the browser when they are called.
 */
import { BrowserTokenSource } from "./browser-token-source.ts";
import type { OathToken, RequestTokenOptions, SupportedToken, TokenEvent, TokenSource } from "./contract.ts";

export {
  BridgeError,
  StatusWordError,
  TokenInOtherTabError,
  type BridgeErrorCode,
} from "../core/bridge-error.ts";
export type {
  CodeOptions,
  Credential,
  NewCredential,
  OathSession,
  OathToken,
  OpenTokenOptions,
  ReadCode,
  RequestTokenOptions,
  SupportedToken,
  TokenAbilities,
  TokenApi,
  TokenEvent,
  TokenInfo,
  TokenSource,
} from "./contract.ts";
export { appletToken, nitrokeyToken, type TokenParts } from "./opened-token.ts";

let source: TokenSource | undefined;

/** The tokens of this browser as one {@link TokenSource}. */
export function browserTokens(): TokenSource {
  if (source) return source;
  const { usb, hid, locks, userActivation } = navigator as Partial<Navigator>;
  const hasGesture = () => userActivation?.isActive ?? true;
  source = new BrowserTokenSource({ usb, hid, locks, hasGesture, hasSmartCard: "smartCard" in navigator });
  return source;
}

/** The catalogue: which tokens there are, how each is reached, and whether it can be reached here and now. */
export function supportedTokens(): readonly SupportedToken[] {
  return browserTokens().supportedTokens();
}

/** Opens the browser's chooser; null when it was dismissed. Needs a user gesture. */
export function requestToken(options?: RequestTokenOptions): Promise<OathToken | null> {
  return browserTokens().requestToken(options);
}

/** Tokens this page was given before and that are plugged in. */
export function grantedTokens(): Promise<OathToken[]> {
  return browserTokens().grantedTokens();
}

/** Tells of granted tokens that come and go, until the signal is aborted. */
export function watchTokens(
  listener: (event: TokenEvent) => void,
  options: { readonly signal: AbortSignal },
): void {
  browserTokens().watchTokens(listener, options);
}
