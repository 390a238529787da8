import { driftAfter, signInPlaces } from "../../src/mfa/drift-following.ts";
import type { MfaPolicy } from "../../src/mfa/policy.ts";
import { rememberObservation } from "../../src/vault/drift-history.ts";
import type { TokenRecord } from "../../src/vault/records.ts";
import { SIMULATION_START_MS, stepAt } from "./simulated-clock.ts";

const PERIOD_SECONDS = 30;
const STEPS = { type: "totp", periodSeconds: PERIOD_SECONDS, t0Seconds: 0 } as const;

/**
 * A token, its user and the record that sign-in keeps of it, without codes: the same decisions from the same functions, so
 * that a million sign-ins can be played through.
 */
export class SimulatedSignIns {
  nowMs = SIMULATION_START_MS;
  /** The token's clock minus ours. */
  offsetSeconds: number;
  token: TokenRecord;
  readonly #policy: MfaPolicy;

  constructor(policy: MfaPolicy, offsetSeconds = 0, startMs = SIMULATION_START_MS) {
    this.#policy = policy;
    this.offsetSeconds = offsetSeconds;
    this.nowMs = startMs;
    const driftSteps = this.#shown(0) - stepAt(startMs);
    this.token = {
      serialNumber: "SIM1",
      lastAcceptedFactor: this.#shown(0),
      driftSteps,
      syncedDriftSteps: driftSteps,
      lastUsedAtMs: startMs,
      driftHistory: [{ atMs: startMs, driftSteps }],
    };
  }

  /** Lets time pass while the token runs `ratePpm` fast. */
  pass(seconds: number, ratePpm: number): void {
    this.nowMs += seconds * 1000;
    this.offsetSeconds += seconds * ratePpm * 1e-6;
  }

  /** True when the code that the token showed `delaySeconds` ago is accepted; its age is not told. */
  signIn(delaySeconds: number): boolean {
    const code = this.#shown(delaySeconds);
    const measured = code - stepAt(this.nowMs);
    const places = signInPlaces(STEPS, this.token, this.#policy, this.nowMs);
    const [asPredicted, asStored, atZero] = places.map(({ driftSteps, window }) => {
      const off = measured - driftSteps;
      return off >= -window.backSteps && off <= window.aheadSteps && code > this.token.lastAcceptedFactor;
    });
    if (!asPredicted && !asStored && !atZero) return false;
    const found = { asExpected: (asPredicted || asStored) ?? false, measured };
    const learnt = driftAfter(found, this.token, places[0], this.#policy);
    const { driftSteps, observedSteps, synced } = learnt;
    const history = synced ? [] : (this.token.driftHistory ?? []);
    this.token = {
      ...this.token,
      lastAcceptedFactor: code,
      driftSteps,
      syncedDriftSteps: synced ? driftSteps : this.token.syncedDriftSteps,
      lastUsedAtMs: this.nowMs,
      driftHistory: rememberObservation(history, { atMs: this.nowMs, driftSteps: observedSteps }),
    };
    return true;
  }

  #shown(delaySeconds: number): number {
    return stepAt(this.nowMs + (this.offsetSeconds - delaySeconds) * 1000, PERIOD_SECONDS);
  }
}
