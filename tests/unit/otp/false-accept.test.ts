import { expect, it } from "vitest";
import { falseAcceptProbability } from "../../../src/otp/index.ts";

it.each([
  [{ digits: 6, candidates: 3, codes: 1 }, 3e-6],
  [{ digits: 6, candidates: 39, codes: 1 }, 3.9e-5],
  [{ digits: 6, candidates: 3, codes: 1, attempts: 100 }, 3e-4],
  [{ digits: 6, candidates: 41, codes: 2 }, 4.1e-11],
  [{ digits: 6, candidates: 241, codes: 2 }, 2.41e-10],
  [{ digits: 6, candidates: 2999, codes: 3 }, 2.999e-15],
  [{ digits: 6, candidates: 3, codes: 1, attempts: 231_000 }, 0.5],
])("%j is about %d", (question, expected) => {
  expect(falseAcceptProbability(question) / expected).toBeCloseTo(1, 2);
});

it("is 0 without a candidate, and 1 without a code to guess", () => {
  expect(falseAcceptProbability({ digits: 6, candidates: 0, codes: 1 })).toBe(0);
  expect(falseAcceptProbability({ digits: 6, candidates: 1, codes: 0 })).toBe(1);
});

it("refuses what cannot be counted", () => {
  expect(() => falseAcceptProbability({ digits: 6, candidates: -1, codes: 1 })).toThrow(RangeError);
  expect(() => falseAcceptProbability({ digits: Number.NaN, candidates: 1, codes: 1 })).toThrow(RangeError);
});
