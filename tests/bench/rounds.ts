import type { Contest, ContestResult, Slice, Subject } from "./contest.ts";
import { randomOrder } from "./random.ts";

/** How long and how often to measure. */
export interface Pace {
  readonly rounds: number;
  /** What one slice should last: long enough for the clock, short enough that a round sees one state of the machine. */
  readonly sliceMs: number;
  /** Work before the first round: V8 needs some hundred milliseconds to optimise an unrolled kernel. */
  readonly warmUpMs: number;
}

/** Slices may grow by this much from one to the next while the right size is sought. */
const GROWTH = 8;

/**
 * Measures a contest: warms every subject up, then lets each do one slice a round, in a new random order every round.
 * Anything that slows the machine for longer than a round meets all of them.
 */
export async function measureContest(contest: Contest, pace: Pace): Promise<ContestResult> {
  const { id, title, unit, unitsPerSearch, subjects } = contest;
  const sizes = new Map<Subject, number>();
  for (const subject of subjects) sizes.set(subject, await warmUp(subject, pace));
  const rates: Record<string, number[]> = Object.fromEntries(subjects.map(({ name }) => [name, []]));
  const rounds = Math.min(pace.rounds, contest.mostRounds ?? pace.rounds);
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of randomOrder(subjects)) {
      rates[subject.name]?.push(rateOf(await subject.slice(sizes.get(subject) ?? 1)));
    }
  }
  const notes = Object.fromEntries(subjects.flatMap(({ name, note }) => (note ? [[name, note]] : [])));
  return { id, title, unit, unitsPerSearch, rates, notes };
}

/** Works until warm, and answers with the units that make a slice of the length asked for. */
async function warmUp(subject: Subject, { sliceMs, warmUpMs }: Pace): Promise<number> {
  let units = subject.fixedUnits ?? 1;
  let spentMs = 0;
  let lastMs = 0;
  do {
    const slice = await subject.slice(units);
    spentMs += slice.ms;
    lastMs = slice.ms;
    if (subject.fixedUnits === undefined) {
      const wanted = (rateOf(slice) * sliceMs) / 1000;
      units = Math.max(1, Math.round(Math.min(wanted, units * GROWTH)));
    }
  } while (spentMs < warmUpMs || (subject.fixedUnits === undefined && lastMs < sliceMs / 2));
  return units;
}

/** Units a second. A slice too short for the clock counts as its finest tick, so that no rate is infinite. */
function rateOf({ units, ms }: Slice): number {
  return (units * 1000) / Math.max(ms, 0.005);
}
