import { describe, expect, it } from "vitest";
import {
  confirm,
  forgive,
  noAttempts,
  release,
  reserve,
  reservedAttempt,
} from "../../../src/vault/attempts.ts";

const start = noAttempts("user:ana");

/** Reserves on `record`; gives the new record and what the attempt remembers. */
function taken(record = start, nowMs = 1000) {
  return { after: reserve(record, nowMs), reserved: reservedAttempt(record, nowMs) };
}

describe("attempts", () => {
  it("count before they are evaluated", () => {
    expect(taken().after).toMatchObject({ failures: 1, lastFailureAtMs: 1000 });
    expect(taken(taken().after, 2000).after).toMatchObject({ failures: 2, lastFailureAtMs: 2000 });
  });

  it("are forgiven by a success, but for those reserved after it", () => {
    const first = taken();
    const second = taken(first.after, 2000);
    expect(forgive(first.after, first.reserved)).toMatchObject({
      failures: 0,
      lastFailureAtMs: 0,
      resets: 1,
    });
    expect(forgive(second.after, first.reserved)).toMatchObject({ failures: 1, lastFailureAtMs: 2000 });
    expect(forgive(second.after, second.reserved)).toMatchObject({ failures: 0 });
  });

  it("stay counted when another attempt's success came in between", () => {
    const first = taken();
    const second = taken(first.after);
    const forgiven = forgive(second.after, second.reserved);
    expect(confirm(forgiven, first.reserved, 3000, false)).toMatchObject({
      failures: 1,
      lastFailureAtMs: 3000,
    });
  });

  it("are counted once when nothing came in between", () => {
    const first = taken();
    expect(confirm(first.after, first.reserved, 3000, false)).toEqual(first.after);
    expect(confirm(first.after, first.reserved, 3000, true)).toMatchObject({ failures: 1, outOfSync: true });
  });

  it("keep the sign of an out-of-sync token until a success", () => {
    const first = taken();
    const outOfSync = confirm(first.after, first.reserved, 3000, true);
    const second = taken(outOfSync);
    expect(confirm(second.after, second.reserved, 4000, false).outOfSync).toBe(true);
    expect(forgive(second.after, second.reserved).outOfSync).toBe(false);
  });

  it("are given back when nothing was evaluated", () => {
    const first = taken();
    const second = taken(first.after);
    expect(release(first.after, first.reserved)).toEqual(start);
    expect(release(second.after, first.reserved)).toMatchObject({ failures: 1 });
    const later = taken(first.after, 9000);
    expect(release(later.after, later.reserved)).toEqual(first.after);
    const forgiven = forgive(second.after, second.reserved);
    expect(release(forgiven, first.reserved)).toEqual(forgiven);
  });
});
