import type { DriftObservation } from "../otp/drift.ts";
import type { Seed } from "../otp/seed.ts";
import type { ReservedAttempt } from "./attempts.ts";
import type { DeviceRecord, RefusedCodes, SeedRecord, TokenRecord } from "./records.ts";

/** What codes of a token look like. */
export type TokenFacts = Pick<SeedRecord, "type" | "digits" | "periodSeconds" | "t0Seconds">;

/** A seed as it was found. */
export interface FoundSeed {
  /** The caller wipes its secret. */
  readonly seed: Seed;
  /** Another one for each time the seed was written. */
  readonly revision: string;
}

/** What a token's record says, with the state of its attempts. */
export interface TokenStatus {
  readonly token: TokenRecord;
  /** Failures in a row. */
  readonly failures: number;
  readonly outOfSync: boolean;
}

/** Whose attempt it is: a user's, on these tokens. */
export interface AttemptScope {
  readonly userKey: string;
  readonly serialNumbers: readonly string[];
}

/** Failures in a row of one user or token. */
export interface AttemptCount {
  readonly key: string;
  readonly failures: number;
  /** Unix milliseconds; 0 without a failure. */
  readonly lastFailureAtMs: number;
}

/** What of a refused attempt is kept besides its count. */
export interface Failure {
  readonly nowMs: number;
  /** The code had been accepted, or passed over, before. */
  readonly wasUsed: boolean;
  /** The token whose code came from far outside the window. */
  readonly outOfSyncSerialNumber?: string | undefined;
}

/** An attempt counted as a failure beforehand; a success gives it back. */
export interface Reservation {
  /** Whose attempt it is. */
  readonly userKey: string;
  readonly entries: readonly ReservedAttempt[];
}

export interface ConsumeRequest {
  readonly serialNumber: string;
  readonly userKey: string;
  /** Of the seed the codes were compared with: it has to be the token's still. */
  readonly revision: string;
  /** Accepted only when later than the last one accepted. */
  readonly movingFactor: number;
  readonly driftSteps: number;
  /** What the code says of the token's clock; none for HOTP. */
  readonly observation?: DriftObservation;
  /** True for enrolment and resync: later sign-ins measure their drift from this one, and its history begins anew. */
  readonly synced: boolean;
  /** True for a sign-in: it is told what was refused since the last one. */
  readonly signIn?: boolean;
  readonly nowMs: number;
  readonly reservation: Reservation;
  /** Enrolment: the device to create, if the token is free, the name is, and the user has fewer than `maxDevices`. */
  readonly enrol?: {
    readonly device: DeviceRecord;
    readonly maxDevices: number;
  };
}

/**
 * The outcome of check-and-consume, decided inside the transaction. `import-running`: the token belongs to an import that may
 * yet be taken back. `seed-changed`: another seed took the place of the one that the codes were compared with. `needs-resync`:
 * the token came from a backup meanwhile, and nobody knows here which of its codes are used.
 */
export type ConsumeOutcome =
  | "consumed"
  | "already-used"
  | "not-assigned"
  | "serial-taken"
  | "name-taken"
  | "limit-exceeded"
  | "import-running"
  | "seed-changed"
  | "needs-resync";

/** An outcome, and what a sign-in is told. */
export interface Consumption {
  readonly outcome: ConsumeOutcome;
  readonly refused?: RefusedCodes | undefined;
}
