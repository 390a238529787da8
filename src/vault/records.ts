import type { Bytes } from "../core/bytes.ts";
import type { DriftObservation } from "../otp/drift.ts";
import type { Seed } from "../otp/seed.ts";

/** A seed as it is stored: everything but the secret in the clear, so that lists need no key. */
export interface SeedRecord extends Omit<Seed, "secret"> {
  /**
   * What a typed serial number is looked up by ({@link serialKeyOf}), where it is not the serial number itself: an index entry
   * costs a third of writing a record, and hardly any token needs one. Older records have it always.
   */
  readonly serialKey?: string;
  readonly sealedSecret: SealedBytes;
  /** The import that wrote it: while that is running or being undone, the token cannot be assigned. Older records have none. */
  readonly importId?: string;
  /** What the administrator calls it; not bound to the secret, for no code depends on it. */
  readonly label?: string;
}

/** What a record says in the clear of how its codes are computed: changed, the secret would give other codes than the token's. */
export type BoundFacts = Pick<
  Seed,
  "serialNumber" | "type" | "algorithm" | "digits" | "periodSeconds" | "t0Seconds"
>;

/** A sealed secret, with all it is bound to. */
export interface SealedFacts extends BoundFacts {
  readonly sealedSecret: SealedBytes;
}

/** AES-256-GCM ciphertext and tag, with its 96-bit nonce. */
export interface SealedBytes {
  readonly iv: Bytes;
  readonly ciphertext: Bytes;
}

/** What is known of a token's clock and use. It outlives the assignment, so that a used code stays used. */
export interface TokenRecord {
  readonly serialNumber: string;
  /** The last moving factor accepted; −1 before the first. */
  readonly lastAcceptedFactor: number;
  /** TOTP: the token's time step minus ours, as last measured. */
  readonly driftSteps: number;
  /** The drift at the last enrolment or resync: sign-ins may not carry `driftSteps` too far from it. */
  readonly syncedDriftSteps: number;
  readonly lastUsedAtMs?: number;
  /**
   * TOTP: the accepted codes since the last enrolment or resync (or sign-in that found the clock set right), that one
   * included, oldest first, thinned. Missing in records of versions that kept none.
   */
  readonly driftHistory?: readonly DriftObservation[];
  /** HOTP: restored from a backup of another vault, which cannot know what was used since. A resync ends it. */
  readonly needsResync?: boolean;
  /** What was used of seeds that this serial number had before; none for most. */
  readonly retired?: readonly RetiredMark[];
}

/** How far a seed was used that gave way to another, or was taken out: should it return, what was used stays used. */
export interface RetiredMark extends SealedFacts {
  readonly lastAcceptedFactor: number;
  /** HOTP: the token still waited for its resync, and will when the seed returns. */
  readonly needsResync?: boolean;
}

/** A token assigned to a user; the serial number is the key, for a token has one owner. */
export interface DeviceRecord {
  readonly serialNumber: string;
  readonly userKey: string;
  readonly userName: string;
  readonly deviceName: string;
  readonly deviceNameKey: string;
  readonly enabledAtMs: number;
  /**
   * {@link revisionOf} the token's seed, which stays as long as the token has an owner, unless a backup is restored. None in
   * records of versions that kept none, and in backups.
   */
  readonly seedRevision?: string;
}

/** Failures in a row of one user or one token. */
export interface AttemptRecord {
  /** See {@link userAttempts} and {@link tokenAttempts}. */
  readonly key: string;
  readonly failures: number;
  readonly lastFailureAtMs: number;
  /** How often a success set `failures` back: tells a reservation made before from one made after. */
  readonly resets: number;
  /** A token's last failure was a code far outside the sign-in window. */
  readonly outOfSync: boolean;
  /** A user's codes refused since the last sign-in; none for tokens, and where there was none. */
  readonly refused?: RefusedCodes;
}

/** Codes of a user that were refused since the last sign-in. */
export interface RefusedCodes {
  readonly failures: number;
  /** How many of them had been used already: somebody may have seen them. */
  readonly reusedCodes: number;
  /** When the last of them was refused, in Unix milliseconds. */
  readonly lastAtMs: number;
}

export function userAttempts(userKey: string): string {
  return `user:${userKey}`;
}

export function tokenAttempts(serialNumber: string): string {
  return `token:${serialNumber}`;
}

/** What a name of a user or device is compared by: IAM compares names without case. */
export function nameKeyOf(name: string): string {
  return name.toLowerCase();
}

/** Another one for each time a seed was written: what was read under one of them is out of date under the next. */
export function revisionOf({ iv }: SealedBytes): string {
  return iv.join();
}

/** What a typed serial number is looked up by: people type it in lower case, with blanks, or in full-width letters. */
export function serialKeyOf(serialNumber: string): string {
  return serialNumber.normalize("NFKC").replace(/\s/gu, "").toUpperCase();
}

/** The field of a seed's record that it is looked up by, where it needs one. */
export function keyOfSerial(serialNumber: string): Pick<SeedRecord, "serialKey"> {
  const serialKey = serialKeyOf(serialNumber);
  return serialKey === serialNumber ? {} : { serialKey };
}
