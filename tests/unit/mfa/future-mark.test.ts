import { describe, expect, it } from "vitest";
import { futureMark } from "../../../src/mfa/future-mark.ts";

const SEED = { type: "totp", periodSeconds: 30, t0Seconds: 0, driftSteps: 0 } as const;
const STEP = 1_000_000;
const NOW_MS = STEP * 30_000 + 10_000;

describe("a mark later than the present", () => {
  it("C4 is told with the time from which codes are accepted again", () => {
    const details = futureMark(SEED, STEP + 2880, NOW_MS);
    expect(details).toEqual({ reason: "mark-in-future", usableAtMs: (STEP + 2881) * 30_000 });
  });

  it("C4 counts a token's own drift, for its clock may be ahead by right", () => {
    expect(futureMark({ ...SEED, driftSteps: 20 }, STEP + 25, NOW_MS)).toBeUndefined();
    const details = futureMark({ ...SEED, driftSteps: 20 }, STEP + 26, NOW_MS);
    expect(details?.usableAtMs).toBe((STEP + 7) * 30_000);
    // One that is behind needs no more room than one that is right.
    expect(futureMark({ ...SEED, driftSteps: -20 }, STEP + 6, NOW_MS)?.usableAtMs).toBe((STEP + 7) * 30_000);
  });

  it("C4 is not suspected where any policy may have accepted the code", () => {
    for (const ahead of [-5, 0, 1, 5]) expect(futureMark(SEED, STEP + ahead, NOW_MS)).toBeUndefined();
    expect(futureMark(SEED, -1, NOW_MS)).toBeUndefined();
  });

  it("C4 minds period and T0, and leaves counters alone", () => {
    const minute = { ...SEED, periodSeconds: 60, t0Seconds: 3600 };
    expect(futureMark(minute, STEP, NOW_MS)?.usableAtMs).toBe(((STEP + 1) * 60 + 3600) * 1000);
    expect(futureMark({ ...SEED, type: "hotp" }, STEP * 9, NOW_MS)).toBeUndefined();
  });
});
