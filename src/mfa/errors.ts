import { OathError } from "../core/errors.ts";

/** Each code of {@link MfaError} and the name IAM gives the same fault; null where IAM has none. */
export const IAM_CODES = {
  /** Not the right number of digits. Not counted as an attempt. */
  "invalid-code": "InvalidAuthenticationCode",
  /** No match in the window. */
  "code-not-recognised": "InvalidAuthenticationCode",
  /** It matches, but not later than the last accepted one: wait for the next code. */
  "code-already-used": "InvalidAuthenticationCode",
  /** Both codes are the same: the display has not changed yet. Not counted as an attempt. */
  "same-code-twice": "InvalidAuthenticationCode",
  /** The codes are this token's but do not follow each other; `reason` may say how. */
  "codes-not-consecutive": "InvalidAuthenticationCode",
  /** One code matched only in the wide window: offer a resync of `serialNumber`. */
  "out-of-sync": "InvalidAuthenticationCode",
  /** Not in the inventory, or not this user's. */
  "unknown-serial": "NoSuchEntity",
  /** That token is assigned (a token has one owner), or the device name is taken. */
  "device-exists": "EntityAlreadyExists",
  /** The user has as many devices as the policy allows. */
  "limit-exceeded": "LimitExceeded",
  /** Throttled: nothing was evaluated; try again after `retryAfterMs`. */
  "too-many-attempts": null,
  /** The device is locked after too many failures. */
  locked: null,
  /** The seeds are sealed: unlock the vault first. */
  "vault-locked": "ServiceFailure",
  /** The passphrase does not open the vault. */
  "wrong-passphrase": "ServiceFailure",
  /** The passphrase's key is derived in WebAssembly, which this page may not run. */
  "wasm-blocked": "ServiceFailure",
  /** Part of the program could not be fetched, so nothing was tried: check the connection, then try again. */
  "not-loaded": "ServiceFailure",
  /** No passkey can be used here: no WebAuthn, no PRF extension, or the page's frame may not. */
  "passkey-unsupported": null,
  /** The person closed the browser's dialogue, or let it run out. Not a fault to report. */
  "passkey-dismissed": null,
  /** That authenticator holds a passkey of this vault already. */
  "passkey-exists": "EntityAlreadyExists",
  /** The vault has none, or the one that was used does not open it (any more). */
  "passkey-unknown": "NoSuchEntity",
  /** The vault has as many as it may; remove one first. */
  "passkey-limit": "LimitExceeded",
  /** Stored data is damaged or cannot be read. */
  "store-corrupt": "ServiceFailure",
  /** The browser gives no more storage: nothing was written. */
  "store-full": "ServiceFailure",
  /** Another tab upgraded the vault for a newer version of the page: reload this one. */
  outdated: "ServiceFailure",
  /** The worker ended or did not answer in time. */
  "worker-lost": "ServiceFailure",
  /** Another change is under way: try again. */
  busy: "ConcurrentModification",
} as const;

export type MfaErrorCode = keyof typeof IAM_CODES;

/**
 * Why codes of the right token were refused, told to a signed-in user only, after throttling.
 * - `swapped`: the second code was shown before the first.
 * - `skipped`: one or two codes were left out between them.
 * - `too-old`, `too-new`: consecutive, but from a time outside the window.
 * - `mark-in-future`: a code of a later time than now was accepted, for a clock was ahead. The token's codes count as used until
 *   `usableAtMs`; a resync cannot change that, another token or another seed can.
 */
export type MfaErrorReason = "swapped" | "skipped" | "too-old" | "too-new" | "mark-in-future";

/** What an error carries besides its code. */
export interface MfaErrorDetails {
  /** `too-many-attempts`: milliseconds until the next attempt is evaluated. */
  readonly retryAfterMs?: number;
  /** `out-of-sync`, `locked`: which device. */
  readonly serialNumber?: string;
  /** `device-exists`: which of the two. */
  readonly taken?: "serial-number" | "device-name";
  readonly reason?: MfaErrorReason;
  /** `mark-in-future`: from when on the token's codes are accepted, in Unix milliseconds by this clock. */
  readonly usableAtMs?: number;
}

/** An operation of the MFA service was refused. */
export class MfaError extends OathError {
  override readonly name = "MfaError";
  readonly code: MfaErrorCode;
  readonly details: MfaErrorDetails;

  constructor(
    code: MfaErrorCode,
    message: string,
    options: ErrorOptions & { details?: MfaErrorDetails } = {},
  ) {
    super(message, options);
    this.code = code;
    this.details = options.details ?? {};
  }

  /** The name IAM gives this fault, or null. */
  get iamCode(): string | null {
    return IAM_CODES[this.code];
  }

  /** Milliseconds until the next attempt is evaluated (`too-many-attempts`). */
  get retryAfterMs(): number | undefined {
    return this.details.retryAfterMs;
  }
}

/**
 * - `invalid-user-name`: not 1–128 of `[\w+=,.@-]`.
 * - `invalid-device-name`: not 1–64 of `[\w+=,.@-]`.
 * - `invalid-request`: a field is missing or of the wrong type.
 * - `vault-exists`: the vault has a passphrase already; change it instead.
 * - `weak-passphrase`: shorter than 8 characters.
 * - `no-passphrase`: the vault has none yet; a passkey can only stand beside one.
 * - `unknown-import`: not the last import, or undone already.
 */
export type MfaInputErrorCode =
  | "invalid-user-name"
  | "invalid-device-name"
  | "invalid-request"
  | "vault-exists"
  | "weak-passphrase"
  | "no-passphrase"
  | "unknown-import";

/** The request itself is malformed; nothing was looked at. */
export class MfaInputError extends OathError {
  override readonly name = "MfaInputError";
  readonly code: MfaInputErrorCode;

  constructor(code: MfaInputErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
