import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { createOtpEngine, type Algorithm } from "../../../src/otp/index.ts";
import { totpSeed } from "../../support/seeds.ts";

const engine = await createOtpEngine();
const RFC_4226_KEY = utf8Bytes("12345678901234567890");

describe("RFC 4226 appendix D", () => {
  const seed = totpSeed({ type: "hotp", secret: RFC_4226_KEY });
  it.each(
    [
      "755224",
      "287082",
      "359152",
      "969429",
      "338314",
      "254676",
      "287922",
      "162583",
      "399871",
      "520489",
      "403154",
      "481090",
      "868912",
      "736127",
    ].map((code, counter) => [counter, code] as const),
  )("V8 counter %i gives %s", (counter, code) => {
    expect(engine.code(seed, counter)).toBe(code);
  });

  it.each([
    [47_251_640, "166325"],
    [47_251_645, "063321"],
    [47_251_648, "032819"],
    [2 ** 31, "197202"],
    [2 ** 32 - 1, "117190"],
    [2 ** 32, "999456"],
  ])("counter %i, past the first 32 bits and with leading zeros, gives %s", (counter, code) => {
    expect(engine.code(seed, counter)).toBe(code);
  });

  it("keeps the leading zero of an eight-digit code", () => {
    expect(engine.code({ ...seed, digits: 8 }, 2 ** 31)).toBe("04197202");
  });

  it("serves a one-byte key at counter 2^40", () => {
    expect(engine.code({ ...seed, secret: Uint8Array.of(0) }, 1_099_511_627_776)).toBe("363425");
  });
});

describe("RFC 6238 appendix B", () => {
  const keys: Record<Algorithm, string> = {
    SHA1: "12345678901234567890",
    SHA256: "12345678901234567890123456789012",
    SHA512: "1234567890".repeat(7).slice(0, 64),
  };
  const rows = [
    [59, "94287082", "46119246", "90693936"],
    [1_111_111_109, "07081804", "68084774", "25091201"],
    [1_111_111_111, "14050471", "67062674", "99943326"],
    [1_234_567_890, "89005924", "91819424", "93441116"],
    [2_000_000_000, "69279037", "90698825", "38618901"],
    [20_000_000_000, "65353130", "77737706", "47863826"],
  ] as const;
  const cases = rows.flatMap(([seconds, sha1, sha256, sha512]) => [
    ["SHA1" as const, seconds, sha1] as const,
    ["SHA256" as const, seconds, sha256] as const,
    ["SHA512" as const, seconds, sha512] as const,
  ]);

  it.each(cases)("V8 %s at %i s gives %s", (algorithm, seconds, code) => {
    const seed = totpSeed({ algorithm, digits: 8, secret: utf8Bytes(keys[algorithm]) });
    expect(engine.code(seed, Math.floor(seconds / 30))).toBe(code);
    const atMs = seconds * 1000;
    const window = { backSteps: 0, aheadSteps: 0 };
    expect(engine.match(seed, code, { atMs, window })?.driftSteps).toBe(0);
  });
});
