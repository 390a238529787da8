import type { BridgeErrorCode } from "../core/bridge-error.ts";

/** What a token error's text may need to say. */
export interface BridgeErrorFacts {
  /** The status word as four hex digits; empty where there is none. */
  readonly status: string;
}

/** What each `BridgeError` code says: what happened and what to do next. */
export const englishBridgeErrors: Record<BridgeErrorCode, (facts: BridgeErrorFacts) => string> = {
  "not-supported": () =>
    "This browser cannot read USB tokens here. Use Chrome or Edge on a computer, or type the code.",
  "blocked-by-browser": () =>
    "The browser keeps this key from web pages. Let the key type its code into the field instead.",
  "not-granted": () =>
    "The browser was not allowed to open the token. Connect it again; on Linux, also check that your user may open USB devices.",
  "device-in-use": () =>
    "Another tab or program is using the token. Close it there, then try again or type the code.",
  unplugged: () => "The token was taken out. Plug it in again, or type the code.",
  timeout: () => "The token does not answer. Unplug it, plug it in again, then try again.",
  locked: () => "The token asks for its password first. Unlock it, then try again.",
  "wrong-password": () => "That password did not open the token. Check it and try again.",
  "touch-required": () => "The token was not touched in time. Try again, and touch it when you are asked.",
  "no-oath-applet": () =>
    "This token has no part for codes, or it is switched off. Switch OATH on in its maker's program, or use another token.",
  "no-credentials": () => "The token holds no account that fits here. Add one to it, or type the code.",
  "malformed-answer": () =>
    "The token answered in a way we do not know. Unplug it, plug it in again, then try again.",
  "status-word": ({ status }) =>
    `The token refused that${status && ` (status ${status})`}. Try again, or use its maker's program.`,
  "storage-full": () => "The token has no room for another account. Delete one that is no longer used.",
};
