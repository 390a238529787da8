import { describe, expect, it } from "vitest";
import { certainOffsetMs, ClockJumps, offsetFromDate } from "../../../src/core/clock-offset.ts";

const MINUTE = 60_000;

/** A Park–Miller sequence, so that every run is the same. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe("the offset from a Date header", () => {
  it("C1 is no further off than it says, in 1 000 exchanges of up to 2 s", () => {
    const random = sequence(20_261_124);
    for (let run = 0; run < 1_000; run += 1) {
      const trueMs = 1_790_000_000_000 + random() * 1e9;
      const ourOffsetMs = (random() - 0.5) * 10 * MINUTE;
      const [thereMs, backMs] = [random() * 1_000, random() * 1_000];
      const answeredMs = Math.floor((trueMs + thereMs) / 1000) * 1000;
      const measured = offsetFromDate({
        sentAtMs: trueMs - ourOffsetMs,
        roundTripMs: thereMs + backMs,
        date: new Date(answeredMs).toUTCString(),
      });
      const error = Math.abs((measured?.offsetMs ?? Number.NaN) - ourOffsetMs);
      expect(error).toBeLessThanOrEqual(measured?.uncertaintyMs ?? 0);
      expect(measured?.uncertaintyMs).toBe((thereMs + backMs) / 2 + 1000);
    }
  });

  it("C1 is not taken from a cache, nor from an answer without a date", () => {
    const exchange = { sentAtMs: 0, roundTripMs: 10, date: "Thu, 01 Jan 2026 00:00:00 GMT" };
    expect(offsetFromDate({ ...exchange, age: "7" })).toBeNull();
    expect(offsetFromDate({ ...exchange, age: "0" })).not.toBeNull();
    expect(offsetFromDate({ ...exchange, date: null })).toBeNull();
    expect(offsetFromDate({ ...exchange, date: "yesterday" })).toBeNull();
  });

  it("C5 counts only what is beyond the uncertainty", () => {
    expect(certainOffsetMs({ offsetMs: -31_500, uncertaintyMs: 1_200 })).toBe(30_300);
    expect(certainOffsetMs({ offsetMs: 900, uncertaintyMs: 1_200 })).toBe(0);
  });
});

describe("jumps of the wall clock", () => {
  it.each([90_000, -90_000, 60 * MINUTE, -60 * MINUTE])(
    "C2 are noticed at the next look: %i ms",
    (jumpMs) => {
      const at = { wall: 1_790_000_000_000, steady: 5_000 };
      const jumps = new ClockJumps({ wallMs: () => at.wall, steadyMs: () => at.steady });
      at.wall += 1_000;
      at.steady += 1_003;
      expect(jumps.look()).toBe(0);
      at.wall += 1_000 + jumpMs;
      at.steady += 1_000;
      expect(jumps.look()).toBe(jumpMs);
      expect(jumps.look()).toBe(0);
    },
  );

  it("C2 a sleep is one where the steady clock stands still, and none where it goes on", () => {
    const at = { wall: 0, steady: 0 };
    const jumps = new ClockJumps({ wallMs: () => at.wall, steadyMs: () => at.steady });
    at.wall += 10 * MINUTE;
    expect(jumps.look()).toBe(10 * MINUTE);
    at.wall += 10 * MINUTE;
    at.steady += 10 * MINUTE;
    expect(jumps.look()).toBe(0);
  });
});
