import type { Window } from "../otp/window.ts";

/** Everything the service decides by. Steps are the token's own periods. Defaults and bounds: {@link POLICY_LIMITS}. */
export interface MfaPolicy {
  /** Sign-in: steps before the expected one (RFC 6238 section 5.2: at most one for transmission). */
  readonly signInBackSteps: number;
  readonly signInAheadSteps: number;
  /**
   * The most steps that sign-in looks further to either side for a token not seen for long: one for each period that a
   * clock 20 ppm off may have gained or lost since (17 days for 30 s).
   */
  readonly idleWideningSteps: number;
  /** Enrolment: steps to either side of the expected one. */
  readonly enrolmentSteps: number;
  /** Resync with two codes: steps to either side. */
  readonly resyncSteps: number;
  /** Resync with three codes: steps to either side. */
  readonly wideResyncSteps: number;
  /** A single code this far off says `out-of-sync` instead of `code-not-recognised`. */
  readonly outOfSyncSteps: number;
  /**
   * How far one sign-in may move the stored drift beyond what was stored and predicted. With 0 it never moves, and sign-in
   * predicts nothing.
   */
  readonly driftFollowSteps: number;
  /** How far sign-ins together may move the drift away from the last enrolment or resync. */
  readonly driftLimitSteps: number;
  /** HOTP: counters looked ahead at sign-in (RFC 4226 section 7.4). */
  readonly hotpLookAhead: number;
  /** HOTP: counters looked ahead at enrolment and resync. */
  readonly hotpResyncLookAhead: number;
  readonly maxDevicesPerUser: number;
  /** Failures in a row after which a device is locked until three consecutive codes reopen it. */
  readonly softLockFailures: number;
  /** Failures in a row after which a device is disabled (NIST SP 800-63B section 3.2.2). */
  readonly hardLockFailures: number;
  /** The wait after the fourth failure in milliseconds; it doubles with each further one. */
  readonly throttleBaseMs: number;
  /** The longest wait in milliseconds. */
  readonly throttleCapMs: number;
}

/** Default, least and greatest value of each setting. */
export const POLICY_LIMITS = {
  signInBackSteps: { default: 1, min: 0, max: 2 },
  signInAheadSteps: { default: 1, min: 0, max: 2 },
  idleWideningSteps: { default: 2, min: 0, max: 3 },
  enrolmentSteps: { default: 10, min: 0, max: 20 },
  resyncSteps: { default: 120, min: 1, max: 2880 },
  wideResyncSteps: { default: 2880, min: 1, max: 2880 },
  outOfSyncSteps: { default: 20, min: 0, max: 120 },
  driftFollowSteps: { default: 1, min: 0, max: 1 },
  driftLimitSteps: { default: 20, min: 0, max: 20 },
  hotpLookAhead: { default: 10, min: 0, max: 50 },
  hotpResyncLookAhead: { default: 1000, min: 1, max: 1000 },
  maxDevicesPerUser: { default: 8, min: 1, max: 8 },
  softLockFailures: { default: 10, min: 1, max: 100 },
  hardLockFailures: { default: 100, min: 1, max: 100 },
  throttleBaseMs: { default: 15_000, min: 1_000, max: 3_600_000 },
  throttleCapMs: { default: 3_600_000, min: 1_000, max: 86_400_000 },
} as const satisfies Record<keyof MfaPolicy, { default: number; min: number; max: number }>;

/**
 * The defaults with `overrides` on top. Throws `RangeError` for a setting that is unknown, not a whole number or out of
 * bounds: a policy is a safety rule, so a typing error must not pass as the default.
 */
export function resolvePolicy(overrides: Partial<MfaPolicy> = {}): MfaPolicy {
  const policy: Record<string, number> = {};
  for (const [name, limits] of Object.entries(POLICY_LIMITS)) policy[name] = limits.default;
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(POLICY_LIMITS, name)) throw new RangeError(`There is no policy setting ${name}`);
    const { min, max } = POLICY_LIMITS[name as keyof MfaPolicy];
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new RangeError(`Policy setting ${name} takes a whole number from ${min} to ${max}`);
    }
    policy[name] = value;
  }
  return policy as unknown as MfaPolicy;
}

/** The windows of a policy for one kind of token. */
export interface PolicyWindows {
  readonly signIn: Window;
  readonly outOfSync: Window;
  readonly enrolment: Window;
  readonly resync: Window;
  readonly wideResync: Window;
}

/** The windows in which a token's codes are sought. HOTP tokens only look ahead. */
export function windowsOf(policy: MfaPolicy, type: "totp" | "hotp"): PolicyWindows {
  if (type === "hotp") {
    const resync = around(policy.hotpResyncLookAhead);
    return {
      signIn: around(policy.hotpLookAhead),
      outOfSync: around(policy.hotpLookAhead + policy.outOfSyncSteps),
      enrolment: resync,
      resync,
      wideResync: resync,
    };
  }
  return {
    signIn: { backSteps: policy.signInBackSteps, aheadSteps: policy.signInAheadSteps },
    outOfSync: around(policy.outOfSyncSteps),
    enrolment: around(policy.enrolmentSteps),
    resync: around(policy.resyncSteps),
    wideResync: around(policy.wideResyncSteps),
  };
}

function around(steps: number): Window {
  return { backSteps: steps, aheadSteps: steps };
}
