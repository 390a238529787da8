import { estimateDrift, type DriftEstimate, type DriftObservation } from "../otp/index.ts";

/** What is kept of a token's clock, as it crosses the worker border. */
export interface ObservedDrift {
  /** Oldest first. */
  readonly observations: readonly DriftObservation[];
  /** The token's time step. */
  readonly periodSeconds: number;
  /** The Unix time from which its steps are counted. */
  readonly t0Seconds: number;
}

/** A token's drift as its accepted codes showed it, and what they let expect. */
export interface DriftHistory extends DriftEstimate {
  /**
   * The accepted codes since the last enrolment or resync, oldest first; thinned to some dozens once there are more. Empty
   * for HOTP tokens.
   */
  readonly observations: readonly DriftObservation[];
}

/** The history with its estimate: functions cannot cross from the worker, so that the page estimates anew. */
export function driftHistoryOf({ observations, periodSeconds, t0Seconds }: ObservedDrift): DriftHistory {
  return { observations, ...estimateDrift(observations, periodSeconds, t0Seconds) };
}
