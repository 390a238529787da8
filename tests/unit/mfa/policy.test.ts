import { describe, expect, it } from "vitest";
import { POLICY_LIMITS, resolvePolicy, windowsOf, type MfaPolicy } from "../../../src/mfa/policy.ts";
import { delayAfterFailures, remainingDelayMs } from "../../../src/mfa/throttle.ts";

const policy = resolvePolicy();

describe("resolvePolicy", () => {
  it("gives the documented defaults", () => {
    expect(policy).toMatchObject({
      signInBackSteps: 1,
      signInAheadSteps: 1,
      enrolmentSteps: 10,
      resyncSteps: 120,
      wideResyncSteps: 2880,
      maxDevicesPerUser: 8,
      softLockFailures: 10,
      hardLockFailures: 100,
    });
    expect(resolvePolicy({ resyncSteps: 60 })).toEqual({ ...policy, resyncSteps: 60 });
  });

  it.each(Object.entries(POLICY_LIMITS))("bounds %s", (name, { min, max }) => {
    expect(resolvePolicy({ [name]: min })[name as keyof MfaPolicy]).toBe(min);
    expect(resolvePolicy({ [name]: max })[name as keyof MfaPolicy]).toBe(max);
    for (const value of [min - 1, max + 1, min + 0.5, Number.NaN, "3" as unknown as number]) {
      expect(() => resolvePolicy({ [name]: value })).toThrow(RangeError);
    }
  });

  it("refuses a setting that is none, and lets undefined be", () => {
    expect(() => resolvePolicy({ signInSteps: 1 } as Partial<MfaPolicy>)).toThrow(RangeError);
    expect(() => resolvePolicy({ constructor: 1 } as unknown as Partial<MfaPolicy>)).toThrow(RangeError);
    expect(resolvePolicy({ resyncSteps: undefined } as unknown as Partial<MfaPolicy>)).toEqual(policy);
  });
});

it("windowsOf tells TOTP's steps from HOTP's counters", () => {
  expect(windowsOf(policy, "totp")).toEqual({
    signIn: { backSteps: 1, aheadSteps: 1 },
    outOfSync: { backSteps: 20, aheadSteps: 20 },
    enrolment: { backSteps: 10, aheadSteps: 10 },
    resync: { backSteps: 120, aheadSteps: 120 },
    wideResync: { backSteps: 2880, aheadSteps: 2880 },
  });
  expect(windowsOf(policy, "hotp")).toMatchObject({
    signIn: { aheadSteps: 10 },
    outOfSync: { aheadSteps: 30 },
    resync: { aheadSteps: 1000 },
  });
});

describe("the throttle", () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1_000],
    [3, 2_000],
    [4, 15_000],
    [5, 30_000],
    [9, 480_000],
    [12, 3_600_000],
    [100, 3_600_000],
  ])("asks after %i failures for a wait of %i ms", (failures, delay) => {
    expect(delayAfterFailures(failures, policy)).toBe(delay);
  });

  it.each([
    ["right after", 1_000_000, 15_000],
    ["in the middle", 1_010_000, 5_000],
    ["at the end", 1_015_000, 0],
    ["long after", 9_000_000, 0],
    ["with the clock set back", 500_000, 15_000],
  ])("%s", (_, nowMs, expected) => {
    expect(remainingDelayMs({ failures: 4, lastFailureAtMs: 1_000_000 }, nowMs, policy)).toBe(expected);
  });
});
