import { timeStepAt } from "../../../src/otp/index.ts";
import { expectSame, SUBJECT, timed, timedAsync, type Contest, type Subject } from "../contest.ts";
import type { Host, Identifier } from "../host.ts";
import { seedAt } from "../identify-service.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, randomBelow } from "../random.ts";

const WINDOW_STEPS = 10;

/** Seeds in one slice of `otpauth`: a million would take it three minutes. */
const SAMPLE = 50;

/** Rounds are seconds long from here on. */
const MANY_SEEDS = 1_000_000;

/** Names of the rows, for the gates. A first search derives the seeds' states, the next one finds them cached. */
export const IDENTIFY_SUBJECT = {
  one: `${SUBJECT.wasm}, 1 worker`,
  oneAgain: `${SUBJECT.wasm}, 1 worker, states cached`,
  two: `${SUBJECT.wasm}, 2 workers`,
  twoAgain: `${SUBJECT.wasm}, 2 workers, states cached`,
  oneTypescript: `${SUBJECT.typescript}, 1 worker`,
} as const;

/**
 * Which of `count` random seeds shows two consecutive codes, within ±10 steps. In each search another token shows them, and
 * it must be found. The workers are the bench's own, each with its part of the inventory in memory already.
 */
export async function identifyContest(host: Host, count: number): Promise<Contest> {
  const solo = host.openIdentifier();
  const pair = [host.openIdentifier(), host.openIdentifier()];
  await Promise.all([
    solo.fill(0, count),
    ...pair.map((one, part) => one.fill((part * count) / 2, ((part + 1) * count) / 2)),
  ]);
  const subject = (
    name: string,
    identifiers: readonly Identifier[],
    kernelName: string,
    cached: boolean,
  ): Subject => ({
    name,
    fixedUnits: count,
    async slice(units) {
      if (!cached) await Promise.all(identifiers.map((one) => one.forget(kernelName)));
      const { index, movingFactor, codes } = showCodes(count);
      const slice = await timedAsync(units, () =>
        Promise.all(identifiers.map((one) => one.search(kernelName, codes, WINDOW_STEPS))),
      );
      const found = slice.answer.flat().filter((one) => one.index === index);
      expectSame(`${name}: times the token was found`, found.length, 1);
      expectSame(`${name}: moving factor of the token`, found[0]?.movingFactor, movingFactor);
      return slice;
    },
  });
  return {
    id: `identify-${count}`,
    title: `one token among ${count.toLocaleString("en")}, ±${WINDOW_STEPS}, two codes`,
    unit: "seeds",
    unitsPerSearch: count,
    ...(count >= MANY_SEEDS && { mostRounds: 5 }),
    subjects: [
      referenceSubject(),
      subject(IDENTIFY_SUBJECT.one, [solo], SUBJECT.wasm, false),
      subject(IDENTIFY_SUBJECT.oneAgain, [solo], SUBJECT.wasm, true),
      subject(IDENTIFY_SUBJECT.two, pair, SUBJECT.wasm, false),
      subject(IDENTIFY_SUBJECT.twoAgain, pair, SUBJECT.wasm, true),
      subject(IDENTIFY_SUBJECT.oneTypescript, [solo], SUBJECT.typescript, false),
    ],
    close() {
      for (const one of [solo, ...pair]) one.close();
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
