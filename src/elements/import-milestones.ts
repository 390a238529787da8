const MILESTONES = [25, 50, 75, 100] as const;

/** Tells four times how far a piece of work is: more than that, read out, would drown everything else. */
export class Milestones {
  readonly #tell: (percent: number) => void;
  #last = 0;

  constructor(tell: (percent: number) => void) {
    this.#tell = tell;
  }

  /** A total of 0 is not known. */
  pass(done: number, total: number): void {
    const percent = total > 0 ? (done / total) * 100 : 0;
    const reached = MILESTONES.findLast((milestone) => milestone <= percent) ?? 0;
    if (reached <= this.#last) return;
    this.#last = reached;
    this.#tell(reached);
  }
}
