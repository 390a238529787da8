import { OathError } from "./errors.ts";

/**
 * What can go wrong between a page and a token.
 * - `not-supported`: this browser (or this page, by its origin or permissions policy) has no way to the token.
 * - `blocked-by-browser`: the browser keeps this kind of key from web pages; the message says which key and why.
 * - `not-granted`: the page has not been given this token, or the operating system does not let the browser open it.
 * - `device-in-use`: another tab or program holds the token.
 * - `unplugged`: the token was taken out.
 * - `timeout`: the token did not answer in time.
 * - `locked`: a password or PIN is needed first.
 * - `wrong-password`: the password or PIN was refused.
 * - `touch-required`: the token waited for a touch that did not come.
 * - `no-oath-applet`: the token answers, but has no OATH application.
 * - `no-credentials`: the OATH application is empty, or the credential asked for is not there.
 * - `malformed-answer`: the token answered what its protocol does not allow.
 * - `status-word`: the token understood the command and refused it; see {@link StatusWordError}.
 * - `storage-full`: the token has no room for another credential.
 */
export type BridgeErrorCode =
  | "not-supported"
  | "blocked-by-browser"
  | "not-granted"
  | "device-in-use"
  | "unplugged"
  | "timeout"
  | "locked"
  | "wrong-password"
  | "touch-required"
  | "no-oath-applet"
  | "no-credentials"
  | "malformed-answer"
  | "status-word"
  | "storage-full";

/** The bridge to a token failed. The message says what to do next and names no secret; an abort stays an `AbortError`. */
export class BridgeError extends OathError {
  override readonly name: string = "BridgeError";
  readonly code: BridgeErrorCode;

  constructor(code: BridgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The token understood the command and refused it. */
export class StatusWordError extends BridgeError {
  override readonly name = "StatusWordError";
  /** ISO 7816-4 status word, or a Nitrokey command status. */
  readonly sw: number;

  constructor(during: string, sw: number, options?: ErrorOptions) {
    super(
      "status-word",
      `The token refused ${during} (status ${sw.toString(16).padStart(4, "0")}).`,
      options,
    );
    this.sw = sw;
  }
}

/** Another tab of this site has the token (`device-in-use`), and would let it go if it were taken over. */
export class TokenInOtherTabError extends BridgeError {
  override readonly name = "TokenInOtherTabError";

  constructor(options?: ErrorOptions) {
    super(
      "device-in-use",
      "The token is in use in another tab of this site. Close that tab, or take the token over.",
      options,
    );
  }
}
