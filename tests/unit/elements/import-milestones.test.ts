import { expect, it } from "vitest";
import { Milestones } from "../../../src/elements/import-milestones.ts";

function told(...steps: readonly (readonly [done: number, total: number])[]): number[] {
  const percents: number[] = [];
  const milestones = new Milestones((percent) => percents.push(percent));
  for (const [done, total] of steps) milestones.pass(done, total);
  return percents;
}

it("tells each quarter once", () => {
  const steps = Array.from({ length: 1001 }, (_, done) => [done, 1000] as const);
  expect(told(...steps)).toEqual([25, 50, 75, 100]);
});

it("tells only the last of several quarters passed at once", () => {
  expect(told([80, 100], [100, 100])).toEqual([75, 100]);
});

it("says nothing while the total is unknown, and nothing again when it grows", () => {
  expect(told([500, 0], [30, 100], [30, 200], [60, 200])).toEqual([25]);
});
