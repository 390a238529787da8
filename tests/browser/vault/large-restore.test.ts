import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { importBackup } from "../../../src/vault/backup/import-backup.ts";
import { createPassphraseKdf, type PassphraseKdf } from "../../../src/vault/passphrase-kdf.ts";
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

/** In `npm test`, or as many as the environment asks for in a long run. */
const SEEDS = Number((import.meta as { env?: Record<string, string> }).env?.["RESTORED_SEEDS"] ?? 10_000);
const SERIAL_OF_LAST = `BOX${String(SEEDS - 1).padStart(8, "0")}`;

it(`S13 W5 ${SEEDS} seeds go through the worker and back, and it is never taken for lost`, async () => {
  const plain = createPassphraseKdf();
  const parameters = { kdf: "PBKDF2-SHA256", iterations: 600_000 } as const;
  const quick: PassphraseKdf = {
    choose: () => Promise.resolve(parameters),
    reconsider: () => Promise.resolve(null),
    derive: plain.derive.bind(plain),
  };
  const file = await syntheticBackup(quick, PASSPHRASE, { count: SEEDS });
  const databaseName = `large-${crypto.randomUUID()}`;
  const workers: Worker[] = [];
  const service = await createLocalMfaService({
    databaseName,
    createWorker: () => {
      const worker = new Worker(new URL("../../../workers/verification.worker.ts", import.meta.url), {
        type: "module",
      });
      workers.push(worker);
      return worker;
    },
  });
  await service.importBackup(file, PASSPHRASE);
  const saved = await service.exportBackup(PASSPHRASE);
  await service.importBackup(saved, PASSPHRASE);
  expect(workers).toHaveLength(1);
  expect(await service.listSeeds({ offset: SEEDS - 1 })).toMatchObject([{ serialNumber: SERIAL_OF_LAST }]);
  await service.close();
  indexedDB.deleteDatabase(databaseName);
}, 600_000);
