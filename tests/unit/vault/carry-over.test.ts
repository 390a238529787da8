import { describe, expect, it } from "vitest";
import { mergedToken } from "../../../src/vault/backup/restored-marks.ts";
import { arrival, carryOver, departure, restoredToken } from "../../../src/vault/carry-over.ts";
import type { RetiredMark, SealedBytes, SeedRecord, TokenRecord } from "../../../src/vault/records.ts";

function record(changes: Partial<SeedRecord> = {}): SeedRecord {
  return {
    serialNumber: "TEST0001",
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    sealedSecret: { iv: new Uint8Array(12), ciphertext: new Uint8Array(36) },
    ...changes,
  };
}

function token(lastAcceptedFactor: number, changes: Partial<TokenRecord> = {}): TokenRecord {
  const driftHistory = [{ atMs: 2_100_000, driftSteps: 2 }];
  return {
    serialNumber: "TEST0001",
    lastAcceptedFactor,
    driftSteps: 2,
    syncedDriftSteps: 1,
    driftHistory,
    ...changes,
  };
}

describe("restoredToken", () => {
  const changes: [string, Partial<SeedRecord>, Partial<SeedRecord>, boolean][] = [
    ["the same seed", {}, {}, true],
    ["another secret", {}, {}, false],
    ["another period", {}, { periodSeconds: 60 }, true],
    ["another T0", {}, { t0Seconds: 17 }, true],
    ["a counter for a clock", {}, { type: "hotp" }, false],
    ["a clock for a counter", { type: "hotp" }, {}, false],
    ["the same counter", { type: "hotp" }, { type: "hotp" }, true],
    ["another counter", { type: "hotp" }, { type: "hotp" }, false],
  ];

  it.each(changes)("is what it was when nothing was used since: %s", (_, from, to, sameSecret) => {
    const [before, after] = [record(from), record(to)];
    for (const first of [undefined, token(-1), token(70), token(71)]) {
      const replaced = { before, sameSecret, ...(first && { token: first }) };
      const now = first && carryOver(first, before, after, sameSecret);
      expect(restoredToken(replaced, after, now)).toEqual(first);
    }
  });

  it("keeps what was used since, of the same clock with all that is known of it", () => {
    const used = token(90, { driftSteps: 5, lastUsedAtMs: 7 });
    const replaced = { before: record(), token: token(70), sameSecret: true };
    expect(restoredToken(replaced, record(), used)).toEqual(used);
    expect(restoredToken({ before: record(), sameSecret: true }, record(), used)).toEqual(used);
  });

  it("keeps the steps used since of another clock, and the first clock's drift", () => {
    const used = token(90, { driftSteps: 5 });
    const replaced = { before: record(), token: token(70), sameSecret: false };
    expect(restoredToken(replaced, record(), used)).toEqual(token(90));
    // Step 45 of 60 s ends with step 91 of 30 s.
    const minutes = record({ periodSeconds: 60 });
    expect(restoredToken(replaced, minutes, token(45))).toEqual(token(91));
  });

  it("never lowers a mark", () => {
    const replaced = { before: record(), token: token(70), sameSecret: true };
    expect(restoredToken(replaced, record(), token(60))?.lastAcceptedFactor).toBe(70);
  });

  it("puts by what another counter's codes used, and knows nothing from it", () => {
    const hotp = record({ type: "hotp" });
    const other = record({ type: "hotp", sealedSecret: sealed(9) });
    const replaced = { before: hotp, token: token(5), sameSecret: false };
    const mark = retired(other, 900);
    expect(restoredToken(replaced, other, token(900))).toEqual(token(5, { retired: [mark] }));
    expect(restoredToken({ before: hotp, sameSecret: false }, other, token(900))).toMatchObject({
      lastAcceptedFactor: -1,
      retired: [mark],
    });
    expect(restoredToken({ ...replaced, sameSecret: true }, hotp, token(900))).toEqual(token(900));
  });
});

it("forgets no use of a replacing counter whose mark happens to be that of another one put by", () => {
  const [first, second, third] = [1, 2, 3].map((nonce) =>
    record({ type: "hotp", sealedSecret: sealed(nonce) }),
  ) as [SeedRecord, SeedRecord, SeedRecord];
  const before = token(5, { retired: [retired(third, 900)] });
  const carried = carryOver(before, first, second, false, () => true);
  expect(carried).toMatchObject({ lastAcceptedFactor: -1 });
  const used = { ...(carried as TokenRecord), lastAcceptedFactor: 900, lastUsedAtMs: 7 };
  const undone = restoredToken({ before: first, token: before, sameSecret: false }, second, used);
  expect(undone).toMatchObject({ lastAcceptedFactor: 5 });
  expect(undone?.retired).toContainEqual(retired(second, 900));
});

it("a counter that waits for its resync waits for it also after another seed had its place", () => {
  const first = record({ type: "hotp", sealedSecret: sealed(1) });
  const second = record({ type: "hotp", sealedSecret: sealed(2) });
  for (const mark of [-1, 5]) {
    const waiting = token(mark, { needsResync: true });
    const away = carryOver(waiting, first, second, false, () => true);
    expect(away).not.toHaveProperty("needsResync");
    const synced = { ...(away as TokenRecord), lastAcceptedFactor: 8, lastUsedAtMs: 7 };
    for (const current of [away as TokenRecord, synced]) {
      const back = carryOver(current, second, first, false, (one) => one.sealedSecret.iv[0] !== 1);
      expect(back).toMatchObject({ lastAcceptedFactor: mark, needsResync: true });
      const undone = restoredToken({ before: first, token: waiting, sameSecret: false }, second, current);
      expect(undone).toMatchObject({ lastAcceptedFactor: mark, needsResync: true });
    }
  }
});

it("a counter that waits for its resync waits for it also when a backup brings it back", () => {
  const first = record({ type: "hotp", sealedSecret: sealed(1) });
  const second = record({ type: "hotp", sealedSecret: sealed(2) });
  const isOther = (one: RetiredMark) => one.sealedSecret.iv[0] !== 1;
  const away = carryOver(token(5, { needsResync: true }), first, second, false, () => true);
  const now = { token: { ...(away as TokenRecord), lastAcceptedFactor: 8 }, seed: second };
  const merged = mergedToken(now, { token: token(6), seed: first }, isOther);
  expect(merged).toMatchObject({ lastAcceptedFactor: 6, needsResync: true });
  const stays = mergedToken(
    { token: token(5, { needsResync: true }), seed: first },
    { token: token(6), seed: first },
    isOther,
  );
  expect(stays).toMatchObject({ lastAcceptedFactor: 6, needsResync: true });
});

describe("a counter's seed that comes back", () => {
  const [first, second, again] = [1, 2, 3].map((nonce) =>
    record({ type: "hotp", sealedSecret: sealed(nonce) }),
  ) as [SeedRecord, SeedRecord, SeedRecord];
  const isOf = (seed: SeedRecord) => (mark: RetiredMark) =>
    mark.sealedSecret.iv[0] === seed.sealedSecret.iv[0];

  it("has its used codes still used, after others had its place", () => {
    const replacedOnce = carryOver(token(41), first, second, false, () => true);
    expect(replacedOnce).toMatchObject({ lastAcceptedFactor: -1, retired: [retired(first, 41)] });
    const used = { ...token(7), retired: replacedOnce?.retired ?? [] };
    const back = carryOver(used, second, again, false, (mark) => !isOf(first)(mark));
    expect(back).toMatchObject({ lastAcceptedFactor: 41, retired: [retired(second, 7)] });
  });

  it("has them used also after it was taken out, and another one has not", () => {
    const out = departure(token(41), first);
    expect(out).toMatchObject({ lastAcceptedFactor: -1, retired: [retired(first, 41)] });
    expect(arrival(out, again, () => false)).toMatchObject({ lastAcceptedFactor: 41 });
    expect(arrival(out, second, () => true)).toMatchObject({
      lastAcceptedFactor: -1,
      retired: [retired(first, 41)],
    });
  });

  it("leaves nothing to know where nothing was used", () => {
    expect(departure(token(-1), first)).toBeUndefined();
    expect(arrival(undefined, first)).toBeUndefined();
    expect(carryOver(token(-1), first, second, false)).toBeUndefined();
  });

  it("takes a mark that could not be compared for its own", () => {
    expect(arrival(departure(token(41), first), second)).toMatchObject({ lastAcceptedFactor: 41 });
  });
});

it("a clock that was a counter for a while has its used steps still used", () => {
  const clock = record({ sealedSecret: sealed(1) });
  const counter = record({ type: "hotp", sealedSecret: sealed(2) });
  const minutes = record({ periodSeconds: 60, sealedSecret: sealed(3) });
  const asCounter = carryOver(token(71), clock, counter, true);
  expect(asCounter).toMatchObject({ lastAcceptedFactor: -1 });
  expect(carryOver(asCounter as TokenRecord, counter, minutes, false)).toMatchObject({
    lastAcceptedFactor: 35,
  });
});

function sealed(nonce: number): SealedBytes {
  return { iv: new Uint8Array(12).fill(nonce), ciphertext: new Uint8Array(36) };
}

function retired(seed: SeedRecord, lastAcceptedFactor: number): RetiredMark {
  const { counter: _, driftSteps: __, ...facts } = seed;
  return { ...facts, lastAcceptedFactor };
}
