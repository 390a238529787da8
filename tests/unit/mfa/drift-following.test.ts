import { describe, expect, it } from "vitest";
import { driftAfter, predictedDrift, signInPlaces } from "../../../src/mfa/drift-following.ts";
import { POLICY_LIMITS, resolvePolicy } from "../../../src/mfa/policy.ts";
import type { TokenRecord } from "../../../src/vault/records.ts";
import { DAY_MS, observe, SIMULATION_START_MS } from "../../support/simulated-clock.ts";

const NOW_MS = SIMULATION_START_MS;
const TOTP = { type: "totp", periodSeconds: 30, t0Seconds: 0 } as const;
const policy = resolvePolicy();

const tokenOf = (changes: Partial<TokenRecord> = {}): TokenRecord => ({
  serialNumber: "T1",
  lastAcceptedFactor: 0,
  driftSteps: 0,
  syncedDriftSteps: 0,
  lastUsedAtMs: NOW_MS,
  ...changes,
});
const later = (days: number) => NOW_MS + days * DAY_MS;
/** A token that ran `ratePpm` fast for a year of weeks, last seen now. */
const known = (ratePpm: number) => {
  const driftHistory = Array.from({ length: 52 }, (_, week) => {
    const atMs = later((week - 51) * 7);
    return observe(atMs, ((atMs - NOW_MS) / 1000) * ratePpm * 1e-6 + 15);
  });
  return tokenOf({ driftHistory });
};

describe("signInPlaces", () => {
  it.each([
    [0, 0],
    [17, 0],
    [17.4, 1],
    [34, 1],
    [35, 2],
    [365, 2],
    [36_500, 2],
    [-1, 0],
  ])("looks after %d days unseen %i steps further to either side", (days, wider) => {
    const [predicted, , zero] = signInPlaces(TOTP, tokenOf(), policy, later(days));
    expect(predicted.window).toEqual({ backSteps: 1 + wider, aheadSteps: 1 + wider });
    expect(zero).toEqual({ driftSteps: 0, window: { backSteps: 1, aheadSteps: 1 } });
  });

  it("widens by whole periods: a step of 60 s takes twice as long to lose", () => {
    const wider = (days: number) =>
      signInPlaces({ ...TOTP, periodSeconds: 60 }, tokenOf(), policy, later(days))[0].window.backSteps - 1;
    expect([34, 35, 69, 70].map(wider)).toEqual([0, 1, 1, 2]);
  });

  it.each([0, 1, 3])("never widens beyond the policy's %i steps", (idleWideningSteps) => {
    const [{ window }] = signInPlaces(TOTP, tokenOf(), resolvePolicy({ idleWideningSteps }), later(10_000));
    expect(window).toEqual({ backSteps: 1 + idleWideningSteps, aheadSteps: 1 + idleWideningSteps });
  });

  it("offers a guesser no more than thirteen codes, and at the policy's bounds no more than twenty-one", () => {
    const candidates = (widest: typeof policy) =>
      signInPlaces(TOTP, known(20), widest, later(400)).reduce(
        (sum, { window }) => sum + window.backSteps + 1 + window.aheadSteps,
        0,
      );
    expect(candidates(policy)).toBe(13);
    const bounds = Object.entries(POLICY_LIMITS).map(([name, { max }]) => [name, max] as const);
    expect(candidates(resolvePolicy(Object.fromEntries(bounds)))).toBe(21);
  });

  it("does not widen for a token never used, nor for HOTP", () => {
    const { lastUsedAtMs: _, ...unused } = tokenOf();
    expect(signInPlaces(TOTP, unused, policy, later(100))[0].window).toEqual({ backSteps: 1, aheadSteps: 1 });
    const [counter] = signInPlaces({ ...TOTP, type: "hotp" }, tokenOf(), policy, later(100));
    expect(counter.window).toEqual({ backSteps: 10, aheadSteps: 10 });
  });
});

describe("predictedDrift", () => {
  it.each([
    [20, 40, 2],
    [-20, 40, -2],
    [20, 0, 0],
    [1, 40, 0],
    [4, 365, 4],
  ])("moves a token of %i ppm after %i days by %i steps", (ratePpm, days, steps) => {
    expect(predictedDrift(TOTP, known(ratePpm), policy, later(days))).toBe(steps);
  });

  it("is the stored drift without a history: HOTP, and records of versions that kept none", () => {
    expect(predictedDrift(TOTP, tokenOf({ driftSteps: 5 }), policy, later(300))).toBe(5);
    expect(predictedDrift(TOTP, tokenOf({ driftSteps: 5, driftHistory: [] }), policy, later(300))).toBe(5);
  });

  it("stays where it is when the policy follows no drift", () => {
    expect(predictedDrift(TOTP, known(20), resolvePolicy({ driftFollowSteps: 0 }), later(300))).toBe(0);
  });

  it("goes no further from the last resync than the policy lets it", () => {
    expect(predictedDrift(TOTP, known(20), policy, later(3650))).toBe(20);
    expect(predictedDrift(TOTP, known(-20), resolvePolicy({ driftLimitSteps: 3 }), later(365))).toBe(-3);
    const synced = { ...known(20), syncedDriftSteps: 8 };
    expect(predictedDrift(TOTP, synced, policy, later(3650))).toBe(28);
  });
});

describe("driftAfter", () => {
  const window = { backSteps: 1, aheadSteps: 1 };
  const after = (measured: number, stored: number, predicted: number, asExpected = true, wider = window) =>
    driftAfter(
      { asExpected, measured },
      tokenOf({ driftSteps: stored }),
      { driftSteps: predicted, window: wider },
      policy,
    );

  it.each([
    ["moves one step beyond the stored", 1, 0, 0, 1],
    ["and no more", 3, 0, 0, 1],
    ["nor back", -3, 0, 0, -1],
    ["moves as predicted, and one step more", 4, 0, 2, 3],
    ["may fall short of the prediction", 1, 0, 3, 1],
    ["may stay", 0, 0, 3, 0],
    ["stops at the limit", 22, 20, 20, 20],
  ])("%s", (_, measured, stored, predicted, expected) => {
    expect(after(measured, stored, predicted)).toMatchObject({ driftSteps: expected, synced: false });
  });

  it("observes what was measured, in the wide window of a token long unseen too", () => {
    const wider = { backSteps: 3, aheadSteps: 3 };
    expect(after(3, 0, 0, true, wider)).toEqual({ driftSteps: 1, observedSteps: 3, synced: false });
    expect(after(-1, 0, 2, true, wider)).toEqual({ driftSteps: -1, observedSteps: -1, synced: false });
  });

  it("observes nothing beyond the window, whatever age a caller claims", () => {
    expect(after(4, 0, 0)).toMatchObject({ observedSteps: 1 });
    expect(after(-4, 0, 0)).toMatchObject({ observedSteps: -1 });
    expect(after(9, 4, 5)).toMatchObject({ observedSteps: 6 });
    expect(after(4, 0, 0, false)).toMatchObject({ observedSteps: 1, synced: false });
  });

  it("takes a code found and typed at zero for a clock set right, and no other", () => {
    expect(after(1, 8, 9, false)).toEqual({ driftSteps: 1, observedSteps: 1, synced: true });
    expect(after(1, 8, 9, true)).toMatchObject({ driftSteps: 7, synced: false });
    expect(after(4, 4, 4, false)).toMatchObject({ driftSteps: 4, synced: false });
  });

  it("never moves when the policy does not follow, but observes", () => {
    const fixed = resolvePolicy({ driftFollowSteps: 0 });
    const found = { asExpected: true, measured: 1 };
    const place = { driftSteps: 2, window };
    const learnt = driftAfter(found, tokenOf({ driftSteps: 2 }), place, fixed);
    expect(learnt).toEqual({ driftSteps: 2, observedSteps: 1, synced: false });
  });
});
