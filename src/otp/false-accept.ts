/** What a guesser faces. */
export interface FalseAcceptQuestion {
  /** Digits of one code. */
  readonly digits: number;
  /** Moving factors at which a guess would be accepted: 3 for ±1, 241 for ±120. */
  readonly candidates: number;
  /** Consecutive codes asked for in one attempt. */
  readonly codes: number;
  /** Attempts the guesser has; 1 unless told. */
  readonly attempts?: number;
}

/**
 * The probability (0 … 1) that random guessing is accepted: 1 − (1 − 10^(−digits·codes))^(candidates·attempts).
 * Computed by way of log1p and expm1, so that it is exact even where it is 10⁻¹⁵.
 */
export function falseAcceptProbability({
  digits,
  candidates,
  codes,
  attempts = 1,
}: FalseAcceptQuestion): number {
  for (const [name, value] of Object.entries({ digits, candidates, codes, attempts })) {
    if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`${name} is ${value}`);
  }
  return -Math.expm1(candidates * attempts * Math.log1p(-(10 ** -(digits * codes))));
}
