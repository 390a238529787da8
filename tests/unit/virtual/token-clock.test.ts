import { describe, expect, it } from "vitest";
import { TokenClock } from "../../../src/virtual/token-clock.ts";

function host(startMs = 1_700_000_000_000) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe("TokenClock", () => {
  it("agrees with the host until told otherwise", () => {
    const { now, pass } = host();
    const clock = new TokenClock(now);
    pass(86_400_000);
    expect(clock.timeMs).toBe(now());
    expect(clock.driftMs).toBe(0);
  });

  it("gains a second in about 11.6 days at one part per million", () => {
    const { now, pass } = host();
    const clock = new TokenClock(now);
    clock.ratePpm = 1;
    pass(1e9);
    expect(clock.driftMs).toBe(1000);
    expect(clock.timeMs - now()).toBe(1000);
  });

  it("keeps what it has gained when its rate changes", () => {
    const { now, pass } = host();
    const clock = new TokenClock(now);
    clock.driftMs = 5000;
    clock.ratePpm = 100;
    pass(10_000_000);
    clock.ratePpm = -50;
    expect(clock.driftMs).toBe(6000);
    pass(10_000_000);
    expect(clock.driftMs).toBe(5500);
  });

  it("starts counting anew when it is set", () => {
    const { now, pass } = host();
    const clock = new TokenClock(now);
    clock.ratePpm = 1000;
    pass(1_000_000);
    clock.driftMs = -180_000;
    expect(clock.driftMs).toBe(-180_000);
    pass(1000);
    expect(clock.driftMs).toBe(-179_999);
    expect(clock.ratePpm).toBe(1000);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (value) => {
    const clock = new TokenClock(() => 0);
    expect(() => (clock.driftMs = value)).toThrow(RangeError);
    expect(() => (clock.ratePpm = value)).toThrow(RangeError);
    expect(clock.driftMs).toBe(0);
  });
});
