import { describe, expect, it } from "vitest";
import { countCandidates, findFits, type Fit, type FitSearch, rankFits } from "../../../src/otp/fits.ts";
import { describeFits, requireCodes } from "../../../src/otp/identify.ts";
import { type KeyCounts, KeyedInventory } from "../../../src/otp/keyed-inventory.ts";
import { createOtpEngine, type Seed } from "../../../src/otp/index.ts";
import { packSeeds, type SeedPack, transferablesOf } from "../../../src/otp/seed-pack.ts";
import { loadKernel } from "../../../workers/kernel/load-kernel.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const T = 59_000_000;
const atMs = T * 30_000;

/** 300 seeds of every kind: hashes, digits, clocks, drifts, counters. */
const seeds: readonly Seed[] = Array.from({ length: 300 }, (_, index) =>
  totpSeed({
    serialNumber: `N${index}`,
    secret: Uint8Array.from({ length: 1 + (index % 140) }, (__, i) => index + i * 3),
    algorithm: (["SHA1", "SHA256", "SHA512"] as const)[index % 3] ?? "SHA1",
    digits: index % 5 === 0 ? 8 : 6,
    type: index % 4 === 0 ? "hotp" : "totp",
    periodSeconds: index % 7 === 0 ? 60 : 30,
    driftSteps: index % 2 === 0 ? 0 : (index % 11) - 5,
    counter: index % 8 === 0 ? 0 : index,
  }),
);

/** What one worker does with its part. */
async function searchPart(pack: SeedPack, search: FitSearch): Promise<{ fits: Fit[]; candidates: number }> {
  const counts: KeyCounts = { SHA1: 0, SHA256: 0, SHA512: 0 };
  for (const { algorithm, seedIndexes } of pack.parts) counts[algorithm] += seedIndexes.length;
  const inventory = new KeyedInventory(await loadKernel(), counts);
  inventory.add(pack);
  const candidates = countCandidates(inventory.spans, search);
  let done = 0;
  const steps = findFits(inventory, search);
  let step = steps.next();
  for (; !step.done; step = steps.next()) done += step.value;
  expect(done).toBe(candidates);
  inventory.release();
  expect(inventory.spans).toEqual([]);
  return { fits: step.value, candidates };
}

describe("packs of seeds", () => {
  it.each([0, 5, 64, 99, 120, 299])(
    "give the same answer in two parts as in one piece: seed %i",
    async (which) => {
      const seed = seeds[which] as Seed;
      const expected =
        seed.type === "hotp" ? seed.counter : Math.floor(atMs / 1000 / seed.periodSeconds) + seed.driftSteps;
      const codes = [expected + 2, expected + 3].map((factor) => oracleCode(seed, factor));
      const window = { backSteps: 4, aheadSteps: 6 };
      const search = { ...requireCodes(codes), atMs, window, moved: new Map<number, number>() };

      const parts = [packSeeds(seeds, 0, 110), packSeeds(seeds, 110, 300)].map((pack) =>
        structuredClone(pack, { transfer: transferablesOf(pack) }),
      );
      const found = await Promise.all(parts.map((pack) => searchPart(pack, search)));
      const fits = rankFits(found.flatMap((part) => part.fits));
      const candidates = found.reduce((total, part) => total + part.candidates, 0);
      const merged = describeFits(fits, (index) => seeds[index]?.serialNumber ?? "", search, candidates);

      expect(merged[0]).toMatchObject({ seedIndex: which, movingFactor: expected + 3 });
      const engine = await createOtpEngine();
      expect(merged).toEqual(await engine.identify(seeds, codes, { atMs, window }));
    },
  );

  it("hold each searchable seed once, and its secret", () => {
    const list = [...seeds, totpSeed({ secret: new Uint8Array(0) })];
    const indexes: number[] = [];
    for (const { algorithm, seedIndexes, secrets, spans } of packSeeds(list, 10, list.length).parts) {
      expect(spans.at(-1)?.to).toBe(seedIndexes.length);
      for (const [key, index] of seedIndexes.entries()) {
        const from = key === 0 ? 0 : secrets.ends[key - 1];
        expect(secrets.bytes.slice(from, secrets.ends[key])).toEqual(list[index]?.secret);
        expect(list[index]?.algorithm).toBe(algorithm);
        indexes.push(index);
      }
    }
    expect(indexes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 290 }, (_, i) => i + 10));
  });

  it("are wiped when their states were taken; the seeds are not", async () => {
    const pack = packSeeds(seeds, 0, 9);
    const inventory = new KeyedInventory(await loadKernel(), { SHA1: 3, SHA256: 3, SHA512: 3 });
    inventory.add(pack);
    for (const { secrets } of pack.parts) expect(secrets.bytes.every((byte) => byte === 0)).toBe(true);
    expect(seeds[3]?.secret[0]).toBe(3);
    expect(inventory.spans.reduce((total, { from, to }) => total + to - from, 0)).toBe(9);
  });
});
