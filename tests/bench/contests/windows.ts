import { createOtpEngine, timeStepAt } from "../../../src/otp/index.ts";
import { expectSame, SUBJECT, timed, type Contest, type Subject } from "../contest.ts";
import type { Host } from "../host.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "../random.ts";

/**
 * One code looked for in a window around now. It is a code the window does not hold: `otpauth` leaves off at a hit, so only
 * a miss lets both do the same, whole work.
 */
export async function windowContest(host: Host, steps: number): Promise<Contest> {
  const seed = seedOf("BENCH", pseudoRandomBytes(20, 2));
  const oracle = new Oracle(seed);
  const now = timeStepAt(seed, AT_MS);
  const absent = oracle.codeOutside(now - steps, now + steps);
  const options = { atMs: AT_MS, window: { backSteps: steps, aheadSteps: steps } };

  expectSame("otpauth: code at the edge", oracle.validate(oracle.code(now + steps), AT_MS, steps), steps);
  const subjects: Subject[] = [
    {
      name: SUBJECT.reference,
      note: "TOTP.validate, a miss",
      slice: (units) => repeated(SUBJECT.reference, units, () => oracle.validate(absent, AT_MS, steps)),
    },
  ];
  for (const { name, kernel } of host.kernels) {
    const engine = await createOtpEngine({ kernel });
    for (const drift of [-steps, steps]) {
      const match = engine.match(seed, oracle.code(now + drift), options);
      expectSame(`${name}: drift at the edge`, match?.driftSteps, drift);
    }
    subjects.push({
      name,
      slice: (units) => repeated(name, units, () => engine.match(seed, absent, options)),
    });
  }
  return {
    id: `window-${steps}`,
    title: `one code within ±${steps}`,
    unit: "searches",
    unitsPerSearch: 1,
    subjects,
  };
}

function repeated(name: string, units: number, search: () => unknown) {
  const slice = timed(units, () => {
    let hits = 0;
    for (let index = 0; index < units; index += 1) if (search() !== null) hits += 1;
    return hits;
  });
  expectSame(`${name}: hits of an absent code`, slice.answer, 0);
  return slice;
}
