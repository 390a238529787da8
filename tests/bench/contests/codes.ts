import { createOtpEngine, type Algorithm, type OtpEngine } from "../../../src/otp/index.ts";
import { expectSame, SUBJECT, timed, timedAsync, type Contest, type Subject } from "../contest.ts";
import type { Host } from "../host.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, pseudoRandomBytes, SECRET_BYTES, seedOf } from "../random.ts";
import { openPeers, type Peer } from "./peers.ts";

/** Codes that every implementation must show alike before it is measured. */
const COMPARED = 200;

/** Codes a call of ours: what a search computes at a time, more or less. */
const BATCH = 4096;

/** Codes a second from one secret at consecutive moving factors, one thread. */
export async function codesContest(host: Host, algorithm: Algorithm): Promise<Contest> {
  const seed = seedOf("BENCH", pseudoRandomBytes(SECRET_BYTES[algorithm], 1), algorithm);
  const oracle = new Oracle(seed);
  const start = Math.floor(AT_MS / 30_000);
  const known = Array.from({ length: COMPARED }, (_, index) => Number(oracle.code(start + index)));

  const subjects: Subject[] = [
    {
      name: SUBJECT.reference,
      note: "HOTP.generate",
      slice: (units) => timed(units, () => lastOf(units, (factor) => oracle.code(start + factor))),
    },
  ];
  for (const { name, kernel } of host.kernels) {
    const engine = await createOtpEngine({ kernel });
    compare(name, Array.from(engine.codes(seed, start, COMPARED)), known);
    subjects.push({
      name,
      slice(units) {
        const slice = timed(units, () => lastInBatches(engine, seed, start, units));
        expectSame(name, slice.answer, Number(oracle.code(start + units - 1)));
        return slice;
      },
    });
  }
  for (const peer of await openPeers(seed)) subjects.push(await peerSubject(peer, start, known, oracle));
  if (algorithm === "SHA1" && host.nativeLoop) {
    const { nativeLoop } = host;
    subjects.push({
      name: SUBJECT.native,
      async slice(units) {
        const { ms, lastCode } = await nativeLoop(Array.from(seed.secret), start, units);
        expectSame(SUBJECT.native, lastCode, Number(oracle.code(start + units - 1)));
        return { units, ms };
      },
    });
  }
  return {
    id: `codes-${algorithm}`,
    title: `${algorithm} codes`,
    unit: "codes",
    unitsPerSearch: 0,
    subjects,
  };
}

async function peerSubject(
  { name, note, code, codes }: Peer,
  start: number,
  known: readonly number[],
  oracle: Oracle,
): Promise<Subject> {
  const first = codes ? await codes(start, COMPARED) : known.map((_, index) => code?.(start + index));
  compare(name, first, known);
  const slice: Subject["slice"] = codes
    ? async (units) => {
        const done = await timedAsync(units, () => codes(start, units));
        expectSame(name, done.answer.at(-1), Number(oracle.code(start + units - 1)));
        return done;
      }
    : (units) => {
        const done = timed(units, () => lastOf(units, (factor) => code?.(start + factor)));
        expectSame(name, done.answer, Number(oracle.code(start + units - 1)));
        return done;
      };
  return { name, ...(note !== undefined && { note }), slice };
}

function lastOf<T>(count: number, code: (factor: number) => T): T | undefined {
  let last: T | undefined;
  for (let factor = 0; factor < count; factor += 1) last = code(factor);
  return last;
}

function lastInBatches(
  engine: OtpEngine,
  seed: Parameters<OtpEngine["codes"]>[0],
  start: number,
  count: number,
) {
  let last: number | undefined;
  for (let done = 0; done < count; done += BATCH) {
    last = engine.codes(seed, start + done, Math.min(BATCH, count - done)).at(-1);
  }
  return last;
}

function compare(name: string, codes: readonly (number | undefined)[], known: readonly number[]): void {
  expectSame(`${name}: number of codes`, codes.length, known.length);
  for (const [index, code] of known.entries()) expectSame(`${name}: code ${index}`, codes[index], code);
}
