/** Moving factors with one high word, for a kernel that counts in 32 bits. */
export interface FactorRun {
  /** Where it begins, counted from the first factor asked for. */
  readonly offset: number;
  readonly high: number;
  readonly low: number;
  readonly count: number;
}

const TWO_32 = 2 ** 32;

/** Bits 32 … 52 of a moving factor. */
export function highWord(movingFactor: number): number {
  return Math.floor(movingFactor / TWO_32);
}

/** Bits 0 … 31 of a moving factor. */
export function lowWord(movingFactor: number): number {
  return movingFactor % TWO_32;
}

/** Cuts `count` moving factors from `first` on into runs of at most `longest` that do not cross a 32-bit border. */
export function* factorRuns(first: number, count: number, longest: number): Generator<FactorRun, void> {
  for (let offset = 0; offset < count;) {
    const low = lowWord(first + offset);
    const run = Math.min(longest, count - offset, TWO_32 - low);
    yield { offset, high: highWord(first + offset), low, count: run };
    offset += run;
  }
}
