import type { Bytes } from "../core/bytes.ts";
import type { Algorithm } from "../otp/seed.ts";

/** What moves the codes of a credential: time or a counter. */
export type CredentialType = "totp" | "hotp";

/** One OATH credential on a token. */
export interface OathCredential {
  /** {@link name} as text; unique on the token. */
  readonly id: string;
  /** The token's own name for it, byte for byte. */
  readonly name: Bytes;
  readonly issuer: string;
  readonly account: string;
  readonly type: CredentialType;
  readonly algorithm: Algorithm;
  /** Digits of a code; 5 for Steam, whose codes are letters and digits. Null where the token has not told yet. */
  readonly digits: number | null;
  readonly periodSeconds: number;
  /** False as well where the token has not told yet. */
  readonly needsTouch: boolean;
}

/** What `put` writes. */
export interface NewOathCredential {
  readonly issuer: string;
  readonly account: string;
  readonly type: CredentialType;
  readonly algorithm: Algorithm;
  /** 4–8. */
  readonly digits: number;
  /** TOTP only. */
  readonly periodSeconds: number;
  /** HOTP: the counter of the first code the token shall show; 0 unless told. */
  readonly counter?: number;
  readonly needsTouch?: boolean;
}

/** What `put` wrote. */
export interface PutResult {
  readonly credential: OathCredential;
  /**
   * HOTP: the counter of the first code the token will show; null for TOTP. A CanoKey counts before it calculates, so it
   * cannot show counter 0: asked for it, it begins with 1.
   */
  readonly firstCounter: number | null;
}

/** A credential and its code of now. */
export interface OathReading {
  readonly credential: OathCredential;
  /** Null for HOTP and for credentials that want a touch (ask for those singly), and where the token refused. */
  readonly code: string | null;
}

/** What an applet can do beyond showing codes. */
export interface OathAbilities {
  readonly put: boolean;
  readonly delete: boolean;
  readonly rename: boolean;
  readonly password: boolean;
  readonly reset: boolean;
}

/** What every operation takes. */
export interface OperationOptions {
  /** Gives up waiting. A token that waits for a touch goes on doing so for up to 30 s. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when the token seems to wait for a touch. */
  readonly onTouch?: (() => void) | undefined;
}
