import { createOtpEngine, timeStepAt } from "../../../src/otp/index.ts";
import { expectSame, SUBJECT, timed, type Contest, type Subject } from "../contest.ts";
import type { Host } from "../host.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, pseudoRandomBytes, randomBelow, seedOf } from "../random.ts";

/** Two Julian years of 30-second steps. */
export const TWO_YEARS = (2 * 365.25 * 86_400) / 30;

/** Steps either side in one slice of `otpauth`: four million would take it half a minute. */
const SAMPLE = 1000;

/** Two consecutive codes of a token whose clock may be two years off, either way. */
export async function resyncContest(host: Host): Promise<Contest> {
  const seed = seedOf("BENCH", pseudoRandomBytes(20, 3));
  const oracle = new Oracle(seed);
  const now = timeStepAt(seed, AT_MS);
  const candidates = 2 * TWO_YEARS + 1;
  const absent = oracle.codeOutside(now - SAMPLE, now + SAMPLE);
  const window = { backSteps: TWO_YEARS, aheadSteps: TWO_YEARS };

  const subjects: Subject[] = [
    {
      name: SUBJECT.reference,
      note: `extrapolated from ±${SAMPLE} steps; the second code costs it nothing`,
      fixedUnits: 2 * SAMPLE + 1,
      slice(units) {
        const slice = timed(units, () => oracle.validate(absent, AT_MS, SAMPLE));
        expectSame("otpauth: hit of an absent code", slice.answer, null);
        return slice;
      },
    },
  ];
  for (const { name, kernel } of host.kernels) {
    const engine = await createOtpEngine({ kernel });
    subjects.push({
      name,
      fixedUnits: candidates,
      slice(units) {
        // In the outermost hundredth of the window, so that no search that stops early could be quick.
        const distance = TWO_YEARS - randomBelow(TWO_YEARS / 100);
        const drift = Math.random() < 0.5 ? -distance : distance;
        const codes = oracle.consecutive(now + drift, 2);
        const slice = timed(units, () => engine.resynchronize(seed, codes, { atMs: AT_MS, window }));
        expectSame(`${name}: drift found`, slice.answer?.driftSteps, drift);
        return slice;
      },
    });
  }
  return {
    id: "resync",
    title: "resync within ±2 years, two codes",
    unit: "codes",
    unitsPerSearch: candidates,
    subjects,
  };
}
