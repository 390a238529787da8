import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { formatBase32 } from "../../../src/core/text-forms.ts";
import { createLocalMfaService, type LocalMfaService, type ObservedCode } from "../../../src/mfa/index.ts";
import { TokenIdentifier } from "../../../src/mfa/token-identification.ts";
import { createOtpEngine, type OtpEngine, type Seed } from "../../../src/otp/index.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

/** What opening a seed counts in the progress. */
const PER_SEED = 802;

/** More than one piece. */
const COUNT = 2500;
const tokens = inventory("BOX", COUNT);

/** The serial numbers do not come in the order of the file. */
function inventory(name: string, count: number): Seed[] {
  return Array.from({ length: count }, (_, index) =>
    totpSeed({
      serialNumber: `${name}${String((index * 7919) % 99_991).padStart(8, "0")}`,
      secret: secretOf(name, index),
      type: index % 10 === 0 ? "hotp" : "totp",
      counter: index % 10 === 0 ? index : 0,
    }),
  );
}

/** No two alike. */
function secretOf(name: string, index: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${name} ${index} 12345678901234567890`.slice(0, 20));
}

function tokenAt(index: number, list: readonly Seed[] = tokens): Seed {
  const seed = list[index];
  if (!seed) throw new RangeError(`no token ${index}`);
  return seed;
}

describe("TokenIdentifier", () => {
  let bench: MfaBench;
  let engine: OtpEngine;
  let identifier: TokenIdentifier;
  beforeEach(async () => {
    bench = await MfaBench.open({ seeds: tokens });
    engine = await createOtpEngine();
    identifier = identifierOf(bench);
  });
  afterEach(() => bench.close());

  function identifierOf({ vault, inventory: seeds }: MfaBench): TokenIdentifier {
    return new TokenIdentifier({ engine, vault, inventory: seeds, now: () => bench.nowMs });
  }

  const show = (seed: Seed, drift = 0, ageMs = 0): [ObservedCode, ObservedCode] => [
    bench.code(drift - 1, seed, ageMs),
    bench.code(drift, seed, ageMs),
  ];
  const showCounter = (seed: Seed, counter: number): ObservedCode[] =>
    [counter - 1, counter].map((factor) => ({ code: oracleCode(seed, factor), ageMs: 0 }));
  /** Seeds opened by a search: what its progress counts beyond the 21 candidates a TOTP seed and the 10 an HOTP seed. */
  async function openedBy(observed: readonly ObservedCode[]): Promise<number> {
    let total = 0;
    await identifier.identify(observed, { onProgress: (_, all) => (total = all) });
    const hotp = COUNT / 10;
    return (total - (COUNT - hotp) * 21 - hotp * 10) / PER_SEED;
  }

  it("finds the token, says where its clock is, and gives no seed index or secret", async () => {
    const seed = tokenAt(1234);
    const found = await identifier.identify(show(seed, 4));
    expect(found).toEqual([
      {
        serialNumber: seed.serialNumber,
        movingFactor: bench.step() + 4,
        driftSteps: 4,
        expectedFalseMatches: expect.closeTo((2250 * 21 + 250 * 10) / 1e12, 15) as number,
        furtherCodesNeeded: 0,
      },
    ]);
    const counted = tokenAt(1230);
    expect(await identifier.identify(showCounter(counted, 1234))).toMatchObject([
      { serialNumber: counted.serialNumber, movingFactor: 1234, driftSteps: 4 },
    ]);
  });

  it("opens the seeds for the first search only", async () => {
    expect(await openedBy(show(tokenAt(1)))).toBe(COUNT);
    expect(await openedBy(show(tokenAt(2)))).toBe(0);
    identifier.forget();
    expect(await openedBy(show(tokenAt(2)))).toBe(COUNT);
  });

  it("begins anew after an import, here or in another tab", async () => {
    const others = inventory("NEW", 2);
    const seed = tokenAt(1, others);
    expect(await identifier.identify(show(seed))).toEqual([]);
    const otherTab = await MfaBench.open({ databaseName: bench.databaseName, seeds: others });
    await otherTab.database.close();
    expect(await identifier.identify(show(seed))).toMatchObject([{ serialNumber: seed.serialNumber }]);

    const replaced = { ...seed, secret: Uint8Array.from({ length: 20 }, (_, i) => i) };
    await bench.addSeeds([replaced], { replace: true });
    expect(await identifier.identify(show(seed))).toEqual([]);
    expect(await identifier.identify(show(replaced))).toMatchObject([{ serialNumber: seed.serialNumber }]);
    // Nothing was written: what is known is still good.
    await bench.addSeeds([seed]);
    let first = 0;
    await identifier.identify(show(replaced), { onProgress: (done) => (first ||= done) });
    expect(first).toBeLessThan(COUNT * PER_SEED);
  });

  it("looks for a token where it is now, without opening the seeds again", async () => {
    const seed = tokenAt(3);
    const { serialNumber } = seed;
    const window = { backSteps: 2, aheadSteps: 2 };
    expect(await identifier.identify(show(seed, 9), { window })).toEqual([]);
    await bench.enable(bench.pair(9, seed), { serialNumber });
    bench.passSteps(10);
    expect(await openedBy(show(seed, 9))).toBe(0);
    expect(await identifier.identify(show(seed, 9), { window })).toMatchObject([
      { serialNumber, driftSteps: 9 },
    ]);
    expect(await identifier.identify(show(seed, 6), { window })).toEqual([]);

    const counted = tokenAt(10);
    await bench.enable([codeAt(counted, 12), codeAt(counted, 13)], {
      serialNumber: counted.serialNumber,
      deviceName: "second",
    });
    expect(await identifier.identify(showCounter(counted, 13), { window })).toEqual([]);
    expect(await identifier.identify(showCounter(counted, 15), { window })).toMatchObject([
      { serialNumber: counted.serialNumber, movingFactor: 15 },
    ]);
    // A source that is opened now knows all this from the start.
    identifier.forget();
    expect(await identifier.identify(show(seed, 9), { window })).toMatchObject([
      { serialNumber, driftSteps: 9 },
    ]);
  });

  const codeAt = (seed: Seed, factor: number): ObservedCode => ({ code: oracleCode(seed, factor), ageMs: 0 });

  it("counts the age of the last code, up to two minutes", async () => {
    const seed = tokenAt(5);
    const typed = show(seed, 0, 90_000);
    bench.nowMs += 90_000;
    const window = { backSteps: 0, aheadSteps: 0 };
    expect(await identifier.identify(typed, { window })).toMatchObject([
      { serialNumber: seed.serialNumber, driftSteps: 0 },
    ]);
    expect(await identifier.identify(show(seed, -3), { window })).toEqual([]);
    expect(await identifier.identify(show(seed, -4, 1e9), { window })).toMatchObject([
      { serialNumber: seed.serialNumber, driftSteps: 0 },
    ]);
  });

  it("leaves a damaged record out", async () => {
    const { serialNumber } = tokenAt(7);
    await bench.database.write(["seeds"], async (transaction) => {
      const store = transaction.objectStore("seeds");
      const record = await store.get(serialNumber);
      if (!record) throw new RangeError("no record");
      record.sealedSecret.ciphertext[0] = (record.sealedSecret.ciphertext[0] ?? 0) ^ 1;
      await store.put(record);
    });
    expect(await identifier.identify(show(tokenAt(7)))).toEqual([]);
    expect(await identifier.identify(show(tokenAt(8)))).toHaveLength(1);
  });

  it("V18 rejects a search under way when the vault is locked, and keeps nothing", async () => {
    await bench.vault.create("correct horse battery");
    const search = identifier.identify(show(tokenAt(1)), {
      window: { backSteps: 120, aheadSteps: 120 },
      onProgress() {
        bench.vault.lock();
        identifier.forget();
      },
    });
    await expect(search).rejects.toMatchObject({ code: "vault-locked" });
    await bench.vault.unlock("correct horse battery");
    expect(await openedBy(show(tokenAt(1)))).toBe(COUNT);
  });
});

describe("identifyToken of the service, in a real worker", () => {
  let databaseName: string;
  let service: LocalMfaService;
  beforeEach(async () => {
    databaseName = `identify-${crypto.randomUUID()}`;
    service = await createLocalMfaService({ databaseName });
    await service.importSeeds(csvOf(totp));
  });
  afterEach(async () => {
    await service.close();
    indexedDB.deleteDatabase(databaseName);
  });

  const totp = tokens.filter(({ type }) => type === "totp");
  const csvOf = (seeds: readonly Seed[]) =>
    [
      "upn,serial number,secret key,time interval,manufacturer,model",
      ...seeds.map(({ serialNumber, secret }) => `,${serialNumber},${formatBase32(secret)},30,Acme,One`),
    ].join("\n");
  const show = (seed: Seed): ObservedCode[] => {
    const step = Math.floor(Date.now() / 30_000);
    return [step - 1, step].map((factor) => ({ code: oracleCode(seed, factor), ageMs: 0 }));
  };
  async function totalOf(seed: Seed): Promise<number> {
    const totals: number[] = [];
    const found = await service.identifyToken(show(seed), { onProgress: (_, total) => totals.push(total) });
    expect(found).toMatchObject([{ serialNumber: seed.serialNumber, furtherCodesNeeded: 0 }]);
    expect(Object.keys(found[0] ?? {})).not.toContain("seedIndex");
    await vi.waitFor(() => expect(totals.length).toBeGreaterThan(0), { timeout: 30_000 });
    return totals.at(-1) ?? 0;
  }

  it("finds, keeps what it derived, begins anew after an import, and forgets when it is locked", async () => {
    const candidates = totp.length * 21;
    const opening = totp.length * PER_SEED;
    expect(await totalOf(tokenAt(1))).toBe(opening + candidates);
    expect(await totalOf(tokenAt(2))).toBe(candidates);
    const [other] = inventory("ALONE", 2).slice(1);
    await service.importSeeds(csvOf(other ? [other] : []));
    expect(await totalOf(tokenAt(2))).toBe(opening + PER_SEED + candidates + 21);
    expect(await totalOf(other ?? tokenAt(2))).toBe(candidates + 21);

    await service.createVault("correct horse battery");
    expect(await totalOf(tokenAt(2))).toBe(candidates + 21);
    await service.lock();
    await expect(service.identifyToken(show(tokenAt(2)))).rejects.toMatchObject({
      name: "MfaError",
      code: "vault-locked",
    });
    await service.unlock("correct horse battery");
    expect(await totalOf(tokenAt(2))).toBe(opening + PER_SEED + candidates + 21);
    // Another passphrase for whoever has the vault open: nothing was locked here.
    await service.changePassphrase("correct horse battery", "staple staple staple");
    expect(await totalOf(tokenAt(2))).toBe(candidates + 21);
  });

  it("rejects at once when it is cancelled, and works on", async () => {
    const controller = new AbortController();
    let told = 0;
    const search = service.identifyToken(show(tokenAt(1)), {
      signal: controller.signal,
      onProgress() {
        told += 1;
        controller.abort();
      },
    });
    await expect(search).rejects.toMatchObject({ name: "AbortError" });
    expect(told).toBe(1);
    await totalOf(tokenAt(1));
    expect(told).toBe(1);
    await expect(
      service.identifyToken(show(tokenAt(1)), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("malformed requests", () => {
  it.each<[string, unknown, object]>([
    ["no code", [], { name: "MfaInputError", code: "invalid-request" }],
    ["no list", "123456", { name: "MfaInputError", code: "invalid-request" }],
    ["eleven codes", Array.from({ length: 11 }, () => ({ code: "123456" })), { name: "MfaInputError" }],
    ["a bare text", ["123456"], { name: "MfaInputError", code: "invalid-request" }],
    ["five digits", [{ code: "12345", ageMs: 0 }], { name: "MfaError", code: "invalid-code" }],
    ["letters", [{ code: "12345a", ageMs: 0 }], { name: "MfaError", code: "invalid-code" }],
    ["two lengths", [{ code: "123456" }, { code: "12345678" }], { name: "MfaError", code: "invalid-code" }],
  ])("refuses %s", async (_, codes, refusal) => {
    const identifier = await openIdentifier();
    await expect(identifier.identify(codes)).rejects.toMatchObject(refusal);
  });

  it.each([{ backSteps: 0, aheadSteps: 121 }, { backSteps: -1, aheadSteps: 0 }, { backSteps: 0.5 }, null, 5])(
    "refuses the window %j",
    async (window) => {
      const identifier = await openIdentifier();
      const search = identifier.identify([{ code: "123456", ageMs: 0 }], { window: window as never });
      await expect(search).rejects.toMatchObject({ name: "MfaInputError", code: "invalid-request" });
    },
  );

  it.each<[string, (from: LocalMfaService) => Promise<unknown>, object]>([
    ["no code", (from) => from.identifyToken([]), { name: "MfaInputError", code: "invalid-request" }],
    [
      "no digits",
      (from) => from.identifyToken([{ code: "x", ageMs: 0 }]),
      { name: "MfaError", code: "invalid-code" },
    ],
    [
      "no options",
      (from) => from.identifyToken([{ code: "1", ageMs: 0 }], null as never),
      { code: "invalid-code" },
    ],
  ])("refuses %s across the border", async (_, call, refusal) => {
    const databaseName = `identify-${crypto.randomUUID()}`;
    const service = await createLocalMfaService({ databaseName });
    onTestFinished(async () => {
      await service.close();
      indexedDB.deleteDatabase(databaseName);
    });
    await expect(call(service)).rejects.toMatchObject(refusal);
  });
});

async function openIdentifier(): Promise<TokenIdentifier> {
  const bench = await MfaBench.open();
  onTestFinished(() => bench.close());
  const { vault, inventory: seeds } = bench;
  return new TokenIdentifier({
    engine: await createOtpEngine(),
    vault,
    inventory: seeds,
    now: () => bench.nowMs,
  });
}
