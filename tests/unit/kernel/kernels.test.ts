import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import type { Algorithm, Digits, HotpKernel } from "../../../src/otp/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { packed } from "../../support/packed-secrets.ts";
import { typescriptKernel } from "../../../workers/kernel/typescript-kernel.ts";
import { createWasmKernel } from "../../../workers/kernel/wasm-kernel.ts";

const kernels: readonly HotpKernel[] = [typescriptKernel, await createWasmKernel()];

const algorithms = fc.constantFrom<Algorithm>("SHA1", "SHA256", "SHA512");
const digitCounts = fc.constantFrom<Digits>(6, 7, 8);
const secrets = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Uint8Array.from(bytes));

/** First factors at every border there is: 0, 2^31, multiples of 2^32, 2^53 − 1; room for `count` after them. */
function firstFactors(count: number): fc.Arbitrary<number> {
  const last = Number.MAX_SAFE_INTEGER - count + 1;
  const borders = [0, 2 ** 31, 2 ** 32, 2 ** 33, 2 ** 52, last];
  const nearBorder = fc
    .tuple(fc.constantFrom(...borders), fc.integer({ min: -9, max: 9 }))
    .map(([border, offset]) => Math.min(last, Math.max(0, border + offset)));
  return fc.oneof(nearBorder, fc.integer({ min: 0, max: last }));
}

function oracle(
  secret: Uint8Array<ArrayBuffer>,
  algorithm: Algorithm,
  digits: Digits,
  factor: number,
): number {
  return Number(oracleCode(totpSeed({ secret, algorithm, digits }), factor));
}

/** 16 possible codes instead of a million, by searching for a code that is there. */
function pick<T>(values: readonly T[], seed: number): T {
  return values[seed % values.length] as T;
}

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))("the %s kernel", (_, kernel) => {
  it("computes what otpauth computes, and finds it", () => {
    const counts = fc.constantFrom(0, 1, 3, 4, 5);
    const cases = counts.chain((count) => fc.tuple(fc.constant(count), firstFactors(Math.max(1, count))));
    fc.assert(
      fc.property(
        secrets,
        algorithms,
        digitCounts,
        cases,
        fc.nat(4),
        (secret, algorithm, digits, [count, first], n) => {
          const expected = Array.from({ length: count }, (__, i) =>
            oracle(secret, algorithm, digits, first + i),
          );
          const key = kernel.prepare(secret, algorithm);
          const codes = new Uint32Array(count);
          key.writeCodes(codes, first, digits);
          expect([...codes]).toEqual(expected);
          const code = count > 0 ? pick(expected, n) : 123_456;
          const places = [...expected.keys()].filter((index) => expected[index] === code);
          expect(key.findCodes(code, first, count, digits)).toEqual(places);
          key.release();
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([63, 64, 65, 4095, 4096, 4097])(
    "computes and finds in runs of %i across the 32-bit border",
    (count) => {
      const secret = utf8Bytes("12345678901234567890");
      for (const algorithm of ["SHA1", "SHA256", "SHA512"] as const) {
        const first = 2 ** 32 - 2;
        const codes = new Uint32Array(count);
        const key = kernel.prepare(secret, algorithm);
        key.writeCodes(codes, first, 6);
        // The other kernel, proven on single codes above, is the oracle of the long run.
        const other = new Uint32Array(count);
        for (const one of kernels)
          if (one !== kernel) one.prepare(secret, algorithm).writeCodes(other, first, 6);
        expect(codes).toEqual(other);
        for (const offset of [0, 1, 2, 3, count - 2, count - 1]) {
          expect(key.findCodes(codes[offset] ?? -1, first, count, 6)).toContain(offset);
          expect(key.findCodes(codes[offset] ?? -1, first, offset, 6)).not.toContain(offset);
        }
      }
    },
  );

  it("finds every key that shows a code, and no other, at one moving factor and at each its own", () => {
    const inventory = fc.array(secrets, { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(
        inventory,
        fc.nat(14),
        algorithms,
        digitCounts,
        firstFactors(20),
        fc.nat(20),
        (all, split, algorithm, digits, factor, n) => {
          // A secret that occurs twice makes two keys show one code.
          const list = [...all, pick(all, n)];
          const set = kernel.createKeySet(list.length, algorithm);
          set.add(packed(list.slice(0, split)));
          set.add(packed(list.slice(split)));
          expect(set.size).toBe(list.length);

          const codes = list.map((secret) => oracle(secret, algorithm, digits, factor));
          const code = pick(codes, n);
          const from = n % list.length;
          const all0 = [...codes.keys()].filter((key) => codes[key] === code);
          expect(set.findKeys(code, factor, digits, 0, list.length)).toEqual(all0);
          expect(set.findKeys(code, factor, digits, from, list.length)).toEqual(
            all0.filter((key) => key >= from),
          );
          expect(set.findKeys(code, factor, digits, 0, from)).toEqual(all0.filter((key) => key < from));
          expect(list.map((__, key) => set.codeAt(key, factor, digits))).toEqual(codes);

          const factors = Float64Array.from(list.slice(from), (__, i) => (i % 5 === 4 ? -1 : factor + i));
          const own = list.map((secret, key) => {
            const mine = factors[key - from] ?? -1;
            return mine < 0 ? -1 : oracle(secret, algorithm, digits, mine);
          });
          const wanted = own[from] ?? -2;
          const fitting = [...own.keys()].filter((key) => own[key] === wanted);
          expect(set.findKeysAt(wanted, factors, digits, from)).toEqual(fitting);
          set.release();
        },
      ),
      { numRuns: 150 },
    );
  });

  it("searches more keys than fit in one call", () => {
    const count = 9000;
    const list = Array.from({ length: count }, (__, i) => Uint8Array.of(i >> 8, i & 255, 7));
    for (const algorithm of ["SHA1", "SHA512"] as const) {
      const set = kernel.createKeySet(count, algorithm);
      set.add(packed(list));
      for (const key of [0, 4095, 4096, 8191, 8192, 8999]) {
        const code = oracle(list[key] ?? Uint8Array.of(), algorithm, 8, 1000 + key);
        expect(set.findKeys(code, 1000 + key, 8, 0, count)).toContain(key);
        expect(set.findKeys(code, 1000 + key, 8, 1, key)).not.toContain(key);
        const factors = Float64Array.from({ length: count - 1 }, (__, i) => 1001 + i);
        if (key > 0) expect(set.findKeysAt(code, factors, 8, 1)).toContain(key);
      }
      set.release();
    }
  });

  it("refuses more keys than it was made for, and adds none of them", () => {
    const set = kernel.createKeySet(2, "SHA1");
    set.add(packed([Uint8Array.of(1)]));
    expect(() => set.add(packed([Uint8Array.of(2), Uint8Array.of(3)]))).toThrow(RangeError);
    expect(set.size).toBe(1);
  });

  it("leaves the secrets to the caller, and forgets what it made of them", () => {
    const secret = utf8Bytes("12345678901234567890");
    const key = kernel.prepare(secret, "SHA1");
    const codes = new Uint32Array(1);
    key.writeCodes(codes, 0, 6);
    expect(codes[0]).toBe(755_224);
    key.release();
    key.writeCodes(codes, 0, 6);
    expect(codes[0]).not.toBe(755_224);
    const set = kernel.createKeySet(1, "SHA1");
    set.add(packed([secret]));
    expect(set.findKeys(755_224, 0, 6, 0, 1)).toEqual([0]);
    set.release();
    expect(set.size).toBe(0);
    expect(secret).toEqual(utf8Bytes("12345678901234567890"));
  });
});
