import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOtpEngine, OtpError, type Seed } from "../../../src/otp/index.ts";
import { plainKernel } from "../../support/plain-kernel.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const engine = await createOtpEngine();
const STEP_MS = 30_000;
const T = 59_000_000;
const atMs = T * STEP_MS + 12_345;
const seed = totpSeed();
const ONE = { backSteps: 1, aheadSteps: 1 };

function seeds(): fc.Arbitrary<Seed> {
  return fc
    .record({
      secret: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
      algorithm: fc.constantFrom("SHA1" as const, "SHA256" as const, "SHA512" as const),
      digits: fc.constantFrom(6 as const, 7 as const, 8 as const),
    })
    .map((fields) => totpSeed(fields));
}

/** HOTP written from RFC 4226 over Node's own HMAC: shares no code with the kernel. */
function nodeCode({ secret, algorithm, digits }: Seed, movingFactor: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(movingFactor));
  const mac = createHmac(algorithm, secret).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, "0");
}

describe("code and codes", () => {
  it("V8 equal otpauth and Node's HMAC for random seeds and moving factors up to 2^53 − 1", () => {
    fc.assert(
      fc.property(seeds(), fc.maxSafeNat(), (random, movingFactor) => {
        const code = engine.code(random, movingFactor);
        expect(code).toBe(oracleCode(random, movingFactor));
        expect(code).toBe(nodeCode(random, movingFactor));
      }),
      { numRuns: 1000 },
    );
  });

  it("compute a run of numeric codes across the 32-bit border", () => {
    const first = 2 ** 32 - 3;
    const run = engine.codes(seed, first, 6);
    expect([...run]).toEqual([0, 1, 2, 3, 4, 5].map((index) => Number(nodeCode(seed, first + index))));
    expect(engine.codes(seed, 5, 0)).toHaveLength(0);
    expect(engine.code(seed, Number.MAX_SAFE_INTEGER)).toBe(nodeCode(seed, Number.MAX_SAFE_INTEGER));
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuse the moving factor %s", (movingFactor) => {
    expect(() => engine.code(seed, movingFactor)).toThrow(RangeError);
  });

  it.each([-1, 1.5])("refuse the count %s", (count) => {
    expect(() => engine.codes(seed, 0, count)).toThrow(RangeError);
  });

  it.each<[string, Partial<Seed>]>([
    ["secret", { secret: new Uint8Array(0) }],
    ["hash", { algorithm: "MD5" as unknown as "SHA1" }],
    ["digits", { digits: 5 as unknown as 6 }],
    ["period", { periodSeconds: 0 }],
    ["counter", { type: "hotp", counter: -1 }],
  ])("refuse a seed with an impossible %s", (_, change) => {
    const attempt = () => engine.codes(totpSeed(change), 0, 1);
    expect(attempt).toThrow(OtpError);
    expect(attempt).toThrow(expect.objectContaining({ code: "malformed-seed" }));
  });
});

describe("match", () => {
  it.each([-3, -2, -1, 0, 1, 2, 3])(
    "finds a code %i steps off only inside the inclusive window",
    (offset) => {
      const code = oracleCode(seed, T + offset);
      const inside = engine.match(seed, code, { atMs, window: ONE });
      expect(inside).toEqual(Math.abs(offset) <= 1 ? { movingFactor: T + offset, driftSteps: offset } : null);
    },
  );

  it("bounds the two ends of the window apart", () => {
    const window = { backSteps: 2, aheadSteps: 0 };
    expect(engine.match(seed, oracleCode(seed, T - 2), { atMs, window })?.driftSteps).toBe(-2);
    expect(engine.match(seed, oracleCode(seed, T - 3), { atMs, window })).toBeNull();
    expect(engine.match(seed, oracleCode(seed, T + 1), { atMs, window })).toBeNull();
  });

  it("centres the window on the stored drift and reports the drift from our clock", () => {
    const drifted = totpSeed({ driftSteps: 7 });
    expect(engine.match(drifted, oracleCode(seed, T + 8), { atMs, window: ONE })).toEqual({
      movingFactor: T + 8,
      driftSteps: 8,
    });
    expect(engine.match(drifted, oracleCode(seed, T), { atMs, window: ONE })).toBeNull();
  });

  it("takes the nearest of two equal codes, and the later one at the same distance", () => {
    // Counters 57766335 and 57766336 of the RFC key give the same code, 251166.
    const first = 57_766_335;
    expect(oracleCode(seed, first)).toBe(oracleCode(seed, first + 1));
    const window = { backSteps: 5, aheadSteps: 5 };
    const found = (step: number) =>
      engine.match(seed, "251166", { atMs: step * STEP_MS, window })?.movingFactor;
    expect(found(first)).toBe(first);
    expect(found(first + 1)).toBe(first + 1);
    expect(found(first - 2)).toBe(first);
    expect(found(first + 4)).toBe(first + 1);

    // 691518 is the code of 47250616 and 47251059: 221.5 steps from their middle.
    const wide = { backSteps: 300, aheadSteps: 300 };
    const twin = (step: number) => engine.match(seed, "691518", { atMs: step * STEP_MS, window: wide });
    expect(twin(47_250_837)?.movingFactor).toBe(47_250_616);
    expect(twin(47_250_838)?.movingFactor).toBe(47_251_059);
  });

  it("prefers ahead at the same distance", () => {
    const secret = Uint8Array.of(1, 2, 3);
    const twins = findTwins(totpSeed({ secret }));
    const middle = (twins.first + twins.second) / 2;
    const half = (twins.second - twins.first) / 2;
    const window = { backSteps: half, aheadSteps: half };
    const match = engine.match(totpSeed({ secret }), twins.code, { atMs: middle * STEP_MS, window });
    expect(match?.movingFactor).toBe(twins.second);
  });

  it("accepts only moving factors later than `after`", () => {
    const code = oracleCode(seed, T);
    expect(engine.match(seed, code, { atMs, window: ONE, after: T - 1 })?.movingFactor).toBe(T);
    expect(engine.match(seed, code, { atMs, window: ONE, after: T })).toBeNull();
  });

  it("counts steps from T0, in periods other than 30 seconds", () => {
    const odd = totpSeed({ t0Seconds: 100, periodSeconds: 60 });
    const step = Math.floor((1_000_000 - 100) / 60);
    expect(engine.match(odd, oracleCode(odd, step), { atMs: 1_000_000_000, window: ONE })).toEqual({
      movingFactor: step,
      driftSteps: 0,
    });
    expect(engine.match(odd, oracleCode(odd, step), { atMs: 0, window: ONE })).toBeNull();
  });

  it("finds nothing before T0, and clips the window at step 0", () => {
    expect(
      engine.match(seed, oracleCode(seed, 0), { atMs: 5_000, window: { backSteps: 9, aheadSteps: 0 } }),
    ).toEqual({
      movingFactor: 0,
      driftSteps: 0,
    });
    const late = totpSeed({ t0Seconds: 10_000 });
    expect(engine.match(late, oracleCode(late, 0), { atMs: 0, window: ONE })).toBeNull();
  });

  it.each(["", "12345", "1234567", "12345a", "12 345", "１２３４５６", "-12345", "1e1000"])(
    "refuses the malformed code %j",
    (code) => {
      const attempt = () => engine.match(seed, code, { atMs, window: ONE });
      expect(attempt).toThrow(OtpError);
      expect(attempt).toThrow(expect.objectContaining({ code: "malformed-code" }));
    },
  );

  it.each([
    { backSteps: -1, aheadSteps: 0 },
    { backSteps: 0, aheadSteps: 0.5 },
    { backSteps: Number.NaN, aheadSteps: 0 },
  ])("refuses the window %j", (window) => {
    expect(() => engine.match(seed, "000000", { atMs, window })).toThrow(RangeError);
  });

  it("refuses a moment that is none", () => {
    expect(() => engine.match(seed, "000000", { atMs: Number.NaN, window: ONE })).toThrow(RangeError);
  });

  it("V6 does the same work whether it matches at once, late or never", async () => {
    let computed = 0;
    const counting = await createOtpEngine({
      kernel: plainKernel((movingFactor) => {
        computed += 1;
        return movingFactor % 1_000_000;
      }),
    });
    const work = [T, T - 60, T + 60, T + 500].map((step) => {
      computed = 0;
      const code = String(step % 1_000_000).padStart(6, "0");
      counting.match(seed, code, { atMs, window: { backSteps: 60, aheadSteps: 60 } });
      return computed;
    });
    expect(work).toEqual([121, 121, 121, 121]);
  });
});

describe("match of HOTP", () => {
  const hotp = totpSeed({ type: "hotp", counter: 100 });
  const window = { backSteps: 5, aheadSteps: 10 };

  it.each([
    [99, null],
    [100, { movingFactor: 100, driftSteps: 0 }],
    [110, { movingFactor: 110, driftSteps: 10 }],
    [111, null],
  ])("looks ahead only: counter %i", (counter, expected) => {
    expect(engine.match(hotp, oracleCode(hotp, counter), { atMs, window })).toEqual(expected);
  });
});

describe("resynchronize", () => {
  const window = { backSteps: 120, aheadSteps: 120 };
  const pair = (last: number) => [oracleCode(seed, last - 1), oracleCode(seed, last)];

  it.each([-121, -120, -1, 0, 1, 120, 121])("V14 bounds the last code's step by the window: %i", (offset) => {
    expect(engine.resynchronize(seed, pair(T + offset), { atMs, window })).toEqual(
      Math.abs(offset) <= 120 ? { movingFactor: T + offset, driftSteps: offset } : null,
    );
  });

  it("V14 refuses equal, swapped and skipped codes", () => {
    const at = (step: number) => oracleCode(seed, step);
    for (const codes of [
      [at(T), at(T)],
      [at(T + 1), at(T)],
      [at(T), at(T + 2)],
    ]) {
      expect(engine.resynchronize(seed, codes, { atMs, window })).toBeNull();
    }
  });

  it("searches the pair, so that an earlier hit of one code alone does not hide it", () => {
    // 691518 is the code of counter 47250616 and again of 47251059.
    const wide = { backSteps: 1000, aheadSteps: 1000 };
    const options = { atMs: 47_250_900 * STEP_MS, window: wide };
    expect(engine.resynchronize(seed, pair(47_251_060), options)?.movingFactor).toBe(47_251_060);
    expect(engine.resynchronize(seed, pair(47_251_059), options)?.movingFactor).toBe(47_251_059);
    expect(engine.resynchronize(seed, pair(47_250_616), options)?.movingFactor).toBe(47_250_616);
  });

  it("wants every code later than `after`", () => {
    const options = { atMs, window };
    expect(engine.resynchronize(seed, pair(T), { ...options, after: T - 2 })?.movingFactor).toBe(T);
    expect(engine.resynchronize(seed, pair(T), { ...options, after: T - 1 })).toBeNull();
    expect(engine.resynchronize(seed, pair(T), { ...options, after: T })).toBeNull();
  });

  it("takes three codes", () => {
    const three = [oracleCode(seed, T - 2), ...pair(T)];
    expect(engine.resynchronize(seed, three, { atMs, window })?.movingFactor).toBe(T);
    expect(engine.resynchronize(seed, three.toReversed(), { atMs, window })).toBeNull();
  });

  it("finds a pair anywhere in a large window, its ends included", async () => {
    // A kernel that only scrambles: hashing a million codes would make this test the slowest by far.
    const scramble = (factor: number) => ((factor * 7919) % 1_000_003) % 1_000_000;
    const quick = await createOtpEngine({ kernel: plainKernel(scramble) });
    const text = (factor: number) => String(scramble(factor)).padStart(6, "0");
    const large = { backSteps: 70_000, aheadSteps: 0 };
    for (const offset of [-70_000, -4_465, -4_464, -4_463, 0]) {
      const codes = [text(T + offset - 1), text(T + offset)];
      expect(quick.resynchronize(seed, codes, { atMs, window: large })?.driftSteps).toBe(offset);
    }
  });

  it("looks ahead from an HOTP token's counter, never behind it", () => {
    const hotp = totpSeed({ type: "hotp", counter: 100 });
    const ahead = { backSteps: 0, aheadSteps: 50 };
    expect(engine.resynchronize(hotp, pair(141), { atMs, window: ahead })).toEqual({
      movingFactor: 141,
      driftSteps: 41,
    });
    expect(engine.resynchronize(hotp, pair(101), { atMs, window: ahead })?.movingFactor).toBe(101);
    expect(engine.resynchronize(hotp, pair(100), { atMs, window: ahead })).toBeNull();
  });

  it("wants two codes at least", () => {
    expect(() => engine.resynchronize(seed, ["123456"], { atMs, window })).toThrow(RangeError);
    expect(() => engine.resynchronize(seed, ["123456", "12345"], { atMs, window })).toThrow(OtpError);
  });

  it("agrees with a plain search over otpauth for random places, windows and marks", () => {
    const offsets = fc.integer({ min: -12, max: 12 });
    fc.assert(
      fc.property(seeds(), offsets, fc.nat(10), fc.nat(10), offsets, (random, offset, back, ahead, mark) => {
        const codes = [oracleCode(random, T + offset - 1), oracleCode(random, T + offset)];
        const search = { atMs, window: { backSteps: back, aheadSteps: ahead }, after: T + mark };
        const expected = offset >= -back && offset <= ahead && offset - 1 > mark ? T + offset : undefined;
        expect(engine.resynchronize(random, codes, search)?.movingFactor).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

/** Two steps with the same code and an even distance. */
function findTwins(of: Seed): { first: number; second: number; code: string } {
  const seen = new Map<number, number>();
  const codes = engine.codes(of, 0, 20_000);
  for (const [step, code] of codes.entries()) {
    const first = seen.get(code);
    if (first !== undefined && first >= 0 && (step - first) % 2 === 0) {
      return { first, second: step, code: String(code).padStart(of.digits, "0") };
    }
    seen.set(code, step);
  }
  throw new Error("no twins among 20 000 codes");
}
