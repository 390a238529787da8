import { createOtpEngine, type OtpEngine, timeStepAt } from "../../../src/otp/index.ts";
import { typescriptKernel } from "../../../workers/kernel/typescript-kernel.ts";
import { expectSame, SUBJECT, timed, timedAsync, type Contest, type Subject } from "../contest.ts";
import type { Host } from "../host.ts";
import { inventory, seedAt } from "../inventory.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, randomBelow } from "../random.ts";

const WINDOW_STEPS = 10;

/** Seeds in one slice of `otpauth`: a million would take it three minutes. */
const SAMPLE = 50;

/** Rounds are seconds long from here on. */
const MANY_SEEDS = 1_000_000;

/** Milliseconds that workers have to wipe their states and end, so that they are not in the way of the next search. */
const FAREWELL_MS = 300;

/**
 * Names of the rows, for the gates. A first search starts the workers and derives the seeds' states, the next one finds both
 * there. Without workers the engine does it in its own thread.
 */
export const IDENTIFY_SUBJECT = {
  here: SUBJECT.wasm,
  hereAgain: `${SUBJECT.wasm}, states cached`,
  one: `${SUBJECT.wasm}, 1 worker`,
  oneAgain: `${SUBJECT.wasm}, 1 worker, states cached`,
  two: `${SUBJECT.wasm}, 2 workers`,
  twoAgain: `${SUBJECT.wasm}, 2 workers, states cached`,
  typescript: SUBJECT.typescript,
} as const;

/**
 * Which of `count` random seeds shows two consecutive codes, within ±10 steps, by `engine.identify` as anybody would call it.
 * In each search another token shows them, and it must be found.
 */
export async function identifyContest(host: Host, count: number): Promise<Contest> {
  const seeds = Array.from(inventory(0, count));
  const [here, one, two] = await Promise.all(
    [0, 1, 2].map((identificationWorkers) => createOtpEngine({ identificationWorkers })),
  );
  const portable = await createOtpEngine({ kernel: typescriptKernel });
  const window = { backSteps: WINDOW_STEPS, aheadSteps: WINDOW_STEPS };
  const subject = (name: string, engine: OtpEngine | undefined, cached: boolean): Subject => ({
    name,
    fixedUnits: count,
    async slice(units) {
      if (!engine) throw new RangeError("an engine is missing");
      if (!cached) await forget(engine);
      const { index, movingFactor, codes } = showCodes(count);
      const slice = await timedAsync(units, () => engine.identify(seeds, codes, { atMs: AT_MS, window }));
      const found = slice.answer.filter(({ serialNumber }) => serialNumber === String(index));
      expectSame(`${name}: times the token was found`, found.length, 1);
      expectSame(`${name}: moving factor of the token`, found[0]?.movingFactor, movingFactor);
      return slice;
    },
  });
  const forget = async (engine: OtpEngine) => {
    engine.forget(seeds);
    if (engine === one || engine === two) await new Promise((resolve) => setTimeout(resolve, FAREWELL_MS));
  };
  const inWorkers = [
    subject(IDENTIFY_SUBJECT.one, one, false),
    subject(IDENTIFY_SUBJECT.oneAgain, one, true),
    subject(IDENTIFY_SUBJECT.two, two, false),
    subject(IDENTIFY_SUBJECT.twoAgain, two, true),
  ];
  return {
    id: `identify-${count}`,
    title: `one token among ${count.toLocaleString("en")}, ±${WINDOW_STEPS}, two codes`,
    unit: "seeds",
    unitsPerSearch: count,
    ...(count >= MANY_SEEDS && { mostRounds: 5 }),
    subjects: [
      referenceSubject(),
      subject(IDENTIFY_SUBJECT.here, here, false),
      subject(IDENTIFY_SUBJECT.hereAgain, here, true),
      ...(host.hasWorkers ? inWorkers : []),
      subject(IDENTIFY_SUBJECT.typescript, portable, false),
    ],
    close() {
      for (const engine of [here, one, two, portable]) engine?.forget(seeds);
    },
  };
}

/** Some token of the inventory shows the codes of the step `drift` away and of the one before. */
export function showCodes(count: number): { index: number; movingFactor: number; codes: string[] } {
  const index = randomBelow(count);
  const seed = seedAt(index);
  const movingFactor = timeStepAt(seed, AT_MS) + randomBelow(2 * WINDOW_STEPS + 1) - WINDOW_STEPS;
  return { index, movingFactor, codes: new Oracle(seed).consecutive(movingFactor, 2) };
}

function referenceSubject(): Subject {
  const tokens = Array.from({ length: SAMPLE }, (_, index) => {
    const seed = seedAt(index);
    const oracle = new Oracle(seed);
    const now = timeStepAt(seed, AT_MS);
    return { oracle, absent: oracle.codeOutside(now - WINDOW_STEPS, now + WINDOW_STEPS) };
  });
  return {
    name: SUBJECT.reference,
    note: `extrapolated from ${SAMPLE} seeds; the second code costs it nothing`,
    fixedUnits: SAMPLE,
    slice(units) {
      const slice = timed(
        units,
        () =>
          tokens.filter(({ oracle, absent }) => oracle.validate(absent, AT_MS, WINDOW_STEPS) !== null).length,
      );
      expectSame("otpauth: hits of absent codes", slice.answer, 0);
      return slice;
    },
  };
}
