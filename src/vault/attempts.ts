import type { AttemptRecord, RefusedCodes } from "./records.ts";

/** A record that no attempt was made for yet. */
export function noAttempts(key: string): AttemptRecord {
  return { key, failures: 0, lastFailureAtMs: 0, resets: 0, outOfSync: false };
}

/** One place in a row of failures, taken before the attempt was evaluated. */
export interface ReservedAttempt {
  readonly key: string;
  /** `failures` right after the reservation. */
  readonly ordinal: number;
  /** `resets` at the reservation. */
  readonly resets: number;
  /** `lastFailureAtMs` before and at the reservation. */
  readonly previousFailureAtMs: number;
  readonly reservedAtMs: number;
}

/** What an attempt remembers of the record it was reserved on. */
export function reservedAttempt(record: AttemptRecord, nowMs: number): ReservedAttempt {
  const { key, failures, resets, lastFailureAtMs } = record;
  return {
    key,
    ordinal: failures + 1,
    resets,
    previousFailureAtMs: lastFailureAtMs,
    reservedAtMs: nowMs,
  };
}

/**
 * The record with its last failure not later than `nowMs`: the clock was set back since, and a wait measured from a moment to
 * come would last until then. The wait begins anew instead. Whoever looks at it stores it, or it would begin anew each time.
 */
export function rebase(record: AttemptRecord, nowMs: number): AttemptRecord {
  return record.lastFailureAtMs > nowMs ? { ...record, lastFailureAtMs: nowMs } : record;
}

export function reserve(record: AttemptRecord, nowMs: number): AttemptRecord {
  return { ...record, failures: record.failures + 1, lastFailureAtMs: nowMs };
}

/** After a success: everything up to the reservation is forgiven, attempts reserved after it stay counted. */
export function forgive(record: AttemptRecord, reserved: ReservedAttempt): AttemptRecord {
  const failures =
    record.resets === reserved.resets ? Math.max(0, record.failures - reserved.ordinal) : record.failures;
  return {
    ...record,
    failures,
    lastFailureAtMs: failures === 0 ? 0 : record.lastFailureAtMs,
    resets: record.resets + 1,
    outOfSync: false,
  };
}

/** After a failure: counted again if a success of another attempt forgave the reservation meanwhile. */
export function confirm(
  record: AttemptRecord,
  reserved: ReservedAttempt,
  nowMs: number,
  outOfSync: boolean,
): AttemptRecord {
  const forgiven = record.resets !== reserved.resets && record.failures === 0;
  return {
    ...record,
    failures: record.failures + (forgiven ? 1 : 0),
    lastFailureAtMs: forgiven ? nowMs : record.lastFailureAtMs,
    outOfSync: outOfSync || record.outOfSync,
  };
}

/** One more code refused, told to its user after the next sign-in. */
export function oneMoreRefused(
  before: RefusedCodes | undefined,
  nowMs: number,
  wasUsed: boolean,
): RefusedCodes {
  const { failures = 0, reusedCodes = 0 } = before ?? {};
  return { failures: failures + 1, reusedCodes: reusedCodes + (wasUsed ? 1 : 0), lastAtMs: nowMs };
}

/** The user signed in, and is told. */
export function withoutRefused(record: AttemptRecord): AttemptRecord {
  const { refused: _, ...rest } = record;
  return rest;
}

/** The reservation taken back. */
export function release(record: AttemptRecord, reserved: ReservedAttempt): AttemptRecord {
  if (record.resets !== reserved.resets) return record;
  const isLast = record.lastFailureAtMs === reserved.reservedAtMs;
  return {
    ...record,
    failures: Math.max(0, record.failures - 1),
    lastFailureAtMs: isLast ? reserved.previousFailureAtMs : record.lastFailureAtMs,
  };
}
