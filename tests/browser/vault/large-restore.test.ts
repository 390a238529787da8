import { afterEach, beforeEach, expect, it } from "vitest";
import { importBackup } from "../../../src/vault/backup/import-backup.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { totpSeed } from "../../support/seeds.ts";
import { CHUNK_SEEDS, syntheticBackup } from "../../support/synthetic-backup.ts";

const PASSPHRASE = "correct horse battery";
const CHUNKS = 12;
const kdf = new QuickKdf();

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open({ seeds: [totpSeed()], kdf });
});
afterEach(() => bench.close());

/** Turns of the event loop: in a worker each is a chance to answer whoever asks for a sign of life. */
function countTurns(): { readonly turns: number; stop(): void } {
  const { port1, port2 } = new MessageChannel();
  const counter = { turns: 0, stop: () => port1.close() };
  port1.addEventListener("message", () => {
    counter.turns += 1;
    port2.postMessage(null);
  });
  port1.start();
  port2.postMessage(null);
  return counter;
}

it("S13 W6 a restore gives signs of life with each chunk, while it compares and while it writes", async () => {
  await bench.enable();
  const file = await syntheticBackup(kdf, PASSPHRASE, { count: CHUNKS * CHUNK_SEEDS });
  const counter = countTurns();
  const told: { done: number; turns: number }[] = [];
  const onProgress = (done: number) => told.push({ done, turns: counter.turns });
  const parts = { database: bench.database, vault: bench.vault, kdf, now: () => bench.nowMs };
  const { signal } = new AbortController();
  await importBackup(parts, file, PASSPHRASE, { allowOlder: true }, { signal, onProgress });
  counter.stop();
  const turnsWhere = (holds: (done: number) => boolean) =>
    new Set(told.filter(({ done }) => holds(done)).map(({ turns }) => turns)).size;
  expect(turnsWhere((done) => done < file.size)).toBeGreaterThanOrEqual(CHUNKS);
  expect(turnsWhere((done) => done === file.size)).toBeGreaterThanOrEqual(CHUNKS);
  expect(turnsWhere((done) => done > file.size)).toBeGreaterThanOrEqual(CHUNKS);
  expect(await bench.database.read((database) => database.count("seeds"))).toBe(CHUNKS * CHUNK_SEEDS);
});
