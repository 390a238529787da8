import { releaseProxy, wrap } from "comlink";
import { timeStepAt } from "../../../src/otp/index.ts";
import { formatBase64 } from "../../../src/core/text-forms.ts";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { expectSame } from "../contest.ts";
import { Oracle } from "../oracle.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "../random.ts";
import type { MatchService } from "./match.worker.ts";

/** Milliseconds of each call, from the page and back. */
export interface Latencies {
  readonly echo: readonly number[];
  readonly match: readonly number[];
  readonly verify: readonly number[];
}

/** The full verification writes to the disk each time: it stops early, rather than take minutes. */
const VERIFY_LIMIT_MS = 30_000;

/** Round trips to a worker, one after the other: bare, with a match behind Comlink, and the whole `verifyCode`. */
export async function measureLatencies(calls: number): Promise<Latencies> {
  return { echo: await echoes(calls), match: await matches(calls), verify: await verifications(calls) };
}

async function echoes(calls: number): Promise<number[]> {
  const worker = new Worker(new URL("./echo.worker.ts", import.meta.url), { type: "module" });
  let answered: (data: unknown) => void = () => undefined;
  worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => answered(data));
  const call = (index: number) =>
    new Promise<unknown>((resolve) => {
      answered = resolve;
      worker.postMessage(index, []);
    });
  const taken = await eachTimed(calls, async (index) => expectSame("echo", await call(index), index));
  worker.terminate();
  return taken;
}

async function matches(calls: number): Promise<number[]> {
  const worker = new Worker(new URL("./match.worker.ts", import.meta.url), { type: "module" });
  const remote = wrap<MatchService>(worker);
  const seed = seedOf("BENCH", pseudoRandomBytes(20, 4));
  const oracle = new Oracle(seed);
  const codes = [-1, 0, 1].map((drift) => oracle.code(timeStepAt(seed, AT_MS) + drift));
  const taken = await eachTimed(calls, async (index) => {
    const drift = (index % 3) - 1;
    expectSame("match behind Comlink", await remote.match(codes[drift + 1] ?? ""), drift);
  });
  remote[releaseProxy]();
  worker.terminate();
  return taken;
}

/** A counter token: each of its codes is good once, whatever the time, so that thousands can be accepted one by one. */
async function verifications(calls: number): Promise<number[]> {
  const seed = seedOf("BENCH00000001", pseudoRandomBytes(20, 6));
  const codes = new Oracle(seed).consecutive(calls + 2, calls + 3);
  const databaseName = `oath-bridge-bench-${crypto.randomUUID()}`;
  const service = await createLocalMfaService({ databaseName });
  const userName = "bench";
  const observed = (counter: number) => ({ code: codes[counter] ?? "", ageMs: 0 });
  try {
    await service.importSeeds(counterTokenFile(seed.serialNumber, formatBase64(seed.secret)));
    await service.enableMfaDevice({
      userName,
      deviceName: "bench",
      serialNumber: seed.serialNumber,
      codes: [observed(0), observed(1)],
    });
    return await eachTimed(
      calls,
      async (index) => {
        const { serialNumber } = await service.verifyCode({ userName, code: observed(index + 2) });
        expectSame("verifyCode", serialNumber, seed.serialNumber);
      },
      VERIFY_LIMIT_MS,
    );
  } finally {
    await service.close();
    indexedDB.deleteDatabase(databaseName);
  }
}

/** The first tenth warms up and does not count. */
async function eachTimed(
  calls: number,
  call: (index: number) => Promise<void>,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const taken: number[] = [];
  const begun = performance.now();
  for (let index = 0; index < calls && performance.now() - begun < limitMs; index += 1) {
    const start = performance.now();
    await call(index);
    taken.push(performance.now() - start);
  }
  return taken.slice(Math.floor(taken.length / 10));
}

/** A seed file with one HOTP token, RFC 6030. */
function counterTokenFile(serialNumber: string, secret: string): string {
  return `<?xml version="1.0"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>${serialNumber}</SerialNo></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>${secret}</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage></KeyContainer>`;
}
