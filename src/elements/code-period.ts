/** Seconds until the next time step begins, 1 … `periodSeconds`, for a token whose steps are counted from T0 = 0. */
export function secondsToNextStep(nowMs: number, periodSeconds: number): number {
  const periodMs = periodSeconds * 1000;
  return Math.ceil((periodMs - (nowMs % periodMs)) / 1000);
}

/** Milliseconds to the next whole second of the clock: when a countdown is next worth drawing. */
export function msToNextSecond(nowMs: number): number {
  return 1000 - (nowMs % 1000);
}
