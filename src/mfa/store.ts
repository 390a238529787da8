import type {
  AttemptCount,
  AttemptScope,
  ConsumeRequest,
  FoundSeed,
  Consumption,
  Failure,
  Reservation,
  TokenFacts,
  TokenStatus,
} from "../vault/operations.ts";
import type { DeviceRecord } from "../vault/records.ts";

/**
 * What the service needs of a database. Each method is atomic, and durable when it resolves. The vault implements it over
 * IndexedDB.
 */
export interface MfaStore {
  /** The serial number as the inventory writes it, for one as a person types it; null when there is none. */
  findSerialNumber(typed: string): Promise<string | null>;
  /** What codes of a token look like; null when the serial number is unknown. Needs no key. */
  findFacts(serialNumber: string): Promise<TokenFacts | null>;
  /** The seed, opened; the caller wipes its secret. Null when the serial number is unknown. */
  findSeed(serialNumber: string): Promise<FoundSeed | null>;
  findDevice(serialNumber: string): Promise<DeviceRecord | null>;
  /** A user's devices in the order they were enabled. */
  devicesOf(userKey: string): Promise<DeviceRecord[]>;
  status(serialNumber: string): Promise<TokenStatus>;
  /**
   * Counts an attempt as failed before it is evaluated, unless `waitMs` asks for a wait: a crash in between can only be to
   * the guesser's disadvantage, and parallel guesses are each counted. A failure later than `nowMs` (the clock was set back) is
   * moved to `nowMs` for good, refused or not, so that its wait runs out.
   */
  reserveAttempt(
    scope: AttemptScope,
    nowMs: number,
    waitMs: (attempts: AttemptCount) => number,
  ): Promise<{ readonly reservation: Reservation } | { readonly waitMs: number }>;
  /** Keeps a reservation as a failure, also where a success cleared it meanwhile. */
  confirmFailure(reservation: Reservation, failure: Failure): Promise<void>;
  /** Gives a reservation back: the attempt was not evaluated after all. */
  releaseAttempt(reservation: Reservation): Promise<void>;
  /** Checks and consumes in one transaction; only `consumed` changes anything. */
  consume(request: ConsumeRequest): Promise<Consumption>;
  /** False when the device is not this user's. The token's record stays. */
  removeDevice(serialNumber: string, userKey: string): Promise<boolean>;
}
