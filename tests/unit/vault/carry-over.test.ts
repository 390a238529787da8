import { describe, expect, it } from "vitest";
import { carryOver, restoredToken } from "../../../src/vault/carry-over.ts";
import type { SeedRecord, TokenRecord } from "../../../src/vault/records.ts";

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

  it("knows nothing from another counter's codes", () => {
    const hotp = record({ type: "hotp" });
    const replaced = { before: hotp, token: token(5), sameSecret: false };
    expect(restoredToken(replaced, hotp, token(900))).toEqual(token(5));
    expect(restoredToken({ before: hotp, sameSecret: false }, hotp, token(900))).toBeUndefined();
    expect(restoredToken({ ...replaced, sameSecret: true }, hotp, token(900))).toEqual(token(900));
  });
});
