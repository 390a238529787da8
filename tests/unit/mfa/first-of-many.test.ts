import { expect, it } from "vitest";
import { FirstOfMany } from "../../../src/mfa/first-of-many.ts";
import { MOST_REPORTED_ROWS } from "../../../src/mfa/local-contract.ts";

it("keeps the first and counts all", () => {
  const many = new FirstOfMany<number>(5);
  many.add([1, 2]);
  many.add([]);
  many.add([3, 4, 5, 6]);
  many.add([7]);
  expect(many.first).toEqual([1, 2, 3, 4, 5]);
  expect(many.count).toBe(7);
});

it("keeps as many as a report tells one by one", () => {
  const many = new FirstOfMany<number>();
  many.add(Array.from({ length: MOST_REPORTED_ROWS + 1 }, (_, index) => index));
  expect(many.first).toHaveLength(MOST_REPORTED_ROWS);
});
