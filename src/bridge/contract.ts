import type { Bytes } from "../core/bytes.ts";
import type { Algorithm } from "../otp/seed.ts";

/** How a token is reached. */
export type TokenApi = "webusb" | "webhid" | "smart-card" | "virtual";

/** What is known of a token before it is opened. */
export interface TokenInfo {
  readonly name: string;
  readonly manufacturer: string;
  readonly serialNumber?: string;
  readonly firmware?: string;
  readonly api: TokenApi;
}

/** One OATH credential on a token. */
export interface Credential {
  /** The token's own name for it, as text; unique on the token. */
  readonly id: string;
  readonly issuer: string;
  readonly account: string;
  readonly type: "totp" | "hotp";
  readonly algorithm: Algorithm;
  /** 4–8; 5 for Steam, whose codes are letters and digits. Null until a code was read, where the token does not list it. */
  readonly digits: number | null;
  readonly periodSeconds: number;
  readonly needsTouch: boolean;
}

/** What `put` writes. */
export interface NewCredential {
  readonly issuer: string;
  readonly account: string;
  readonly type: "totp" | "hotp";
  readonly algorithm: Algorithm;
  readonly digits: 6 | 7 | 8;
  readonly periodSeconds: number;
  /** HOTP: the counter of the first code the token shall show. */
  readonly counter?: number;
  readonly needsTouch?: boolean;
}

/** A code as it was read, and how long ago: what `MfaService` takes. */
export interface ReadCode {
  readonly code: string;
  /** Milliseconds since the moment the code belongs to (the older of two codes is one period older). */
  readonly ageMs: number;
}

export interface CodeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when the token waits for a touch: ask for it. */
  readonly onTouch?: (() => void) | undefined;
  /** The trusted clock in Unix milliseconds; `Date.now` unless told. */
  readonly now?: (() => number) | undefined;
  /** A Nitrokey refused to have its clock set back: resolves to true when the person wants it set all the same. */
  readonly onClockRefused?: (() => Promise<boolean>) | undefined;
}

/** What a session's token can do beyond showing codes. */
export interface TokenAbilities {
  readonly put: boolean;
  readonly delete: boolean;
  readonly rename: boolean;
  readonly password: boolean;
  readonly reset: boolean;
}

/** A talk with the OATH application of one open token. One exchange at a time; closed in a `finally`. */
export interface OathSession extends AsyncDisposable {
  readonly info: TokenInfo;
  readonly abilities: TokenAbilities;
  /** True while a password or PIN is needed. */
  readonly locked: boolean;
  /** True where the token is kept by a password or PIN, needed now or given before. */
  readonly hasPassword: boolean;
  /** Rejects with `wrong-password`. */
  unlock(password: string, options?: CodeOptions): Promise<void>;
  list(options?: CodeOptions): Promise<Credential[]>;
  /** The code of one moving factor (ignored for HOTP: the token counts by itself). */
  code(credential: Credential, at: { readonly movingFactor: number }, options?: CodeOptions): Promise<string>;
  /** `count` codes in a row, the last of them the current one: no waiting for the display. */
  consecutiveCodes(credential: Credential, count: number, options?: CodeOptions): Promise<ReadCode[]>;
  /** Writes a credential. Never overwrites: rejects with `status-word` when the name is taken. Wipes nothing of the caller's. */
  put(credential: NewCredential, secret: Bytes, options?: CodeOptions): Promise<Credential>;
  delete(credential: Credential, options?: CodeOptions): Promise<void>;
  rename(
    credential: Credential,
    to: { issuer: string; account: string },
    options?: CodeOptions,
  ): Promise<void>;
  /** Sets or, with null, clears the password. */
  setPassword(password: string | null, options?: CodeOptions): Promise<void>;
  /** Erases every credential, where the token can do that without another applet. */
  reset(options?: CodeOptions): Promise<void>;
  close(): Promise<void>;
}

/** How a token is opened. */
export interface OpenTokenOptions {
  readonly signal?: AbortSignal | undefined;
  /** Takes it from another tab of this site that has it open. */
  readonly takeOver?: boolean | undefined;
  /** Another tab took it over: the session is being closed. */
  readonly onTakenOver?: ((error: Error) => void) | undefined;
}

/** A token the page may open. One owner at a time. */
export interface OathToken {
  readonly info: TokenInfo;
  /** Rejects with `device-in-use`; as a `TokenInOtherTabError` where it can be taken over. */
  open(options?: OpenTokenOptions): Promise<OathSession>;
  /** Gives the permission back. */
  forget(): Promise<void>;
}

/** One row of the catalogue. */
export interface SupportedToken {
  readonly name: string;
  /** `typed`: it types its codes like a keyboard; `none`: only its display can be read. */
  readonly api: "webusb" | "webhid" | "smart-card" | "typed" | "none";
  /** USB vendor and product, where the token has them. */
  readonly usb: readonly { readonly vendorId: number; readonly productId?: number }[];
  readonly reads: readonly ("codes" | "list" | "serial-number")[];
  /** Reachable in this browser, on this page, now. */
  readonly reachable: boolean;
  /** Why not, and what to do instead; empty when reachable. */
  readonly advice: string;
}

/** A token came or went. */
export interface TokenEvent {
  readonly kind: "plugged" | "unplugged";
  readonly token: OathToken;
}

/** Which chooser to open: the browser has one for each API. */
export interface RequestTokenOptions {
  readonly api?: "webusb" | "webhid";
}

/** Where tokens come from: the browser, or virtual ones. */
export interface TokenSource {
  supportedTokens(): readonly SupportedToken[];
  /** Opens the browser's chooser; null when it was dismissed. Needs a user gesture. */
  requestToken(options?: RequestTokenOptions): Promise<OathToken | null>;
  /** Tokens this page was given before and that are plugged in. */
  grantedTokens(): Promise<OathToken[]>;
  /** Tells of granted tokens that come and go, until the signal is aborted. */
  watchTokens(listener: (event: TokenEvent) => void, options: { readonly signal: AbortSignal }): void;
}
