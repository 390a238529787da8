import { expect, it } from "vitest";
import { movingFactorsUpTo, readCodes, withAges } from "../../../src/bridge/consecutive-codes.ts";

it("D9 ends with the step of now, whatever the period", () => {
  expect(movingFactorsUpTo(3_000_029_999, 30, 3)).toEqual([99_998, 99_999, 100_000]);
  expect(movingFactorsUpTo(3_000_030_000, 30, 1)).toEqual([100_001]);
  expect(movingFactorsUpTo(3_000_000_000, 60, 2)).toEqual([49_999, 50_000]);
});

it.each([0, -1, 1.5])("refuses %d codes", (count) => {
  expect(() => movingFactorsUpTo(0, 30, count)).toThrow(RangeError);
});

it("calls an earlier step's code as old as its step, a counter's code new", async () => {
  const read = (factor: number) => Promise.resolve(`code ${factor}`);
  expect(await readCodes({ type: "totp", periodSeconds: 60 }, 3, () => 570_000, read)).toEqual([
    { code: "code 7", ageMs: 120_000 },
    { code: "code 8", ageMs: 60_000 },
    { code: "code 9", ageMs: 0 },
  ]);
  let counter = 0;
  const next = () => Promise.resolve(`code ${(counter += 1)}`);
  expect(await readCodes({ type: "hotp", periodSeconds: 30 }, 2, () => 0, next)).toEqual([
    { code: "code 1", ageMs: 0 },
    { code: "code 2", ageMs: 0 },
  ]);
});

it("counts the time the reading took: the person's touch may come after the step has ended", async () => {
  let nowMs = 59_000;
  const read = (factor: number) => {
    nowMs += 4000;
    return Promise.resolve(`code ${factor}`);
  };
  expect(await readCodes({ type: "totp", periodSeconds: 30 }, 2, () => nowMs, read)).toEqual([
    { code: "code 0", ageMs: 38_000 },
    { code: "code 1", ageMs: 8000 },
  ]);
});

it("takes a clock that was set back for no time at all", () => {
  const codes = withAges({ type: "totp", periodSeconds: 30 }, ["755224"], { startedMs: 9000, endedMs: 1000 });
  expect(codes).toEqual([{ code: "755224", ageMs: 0 }]);
});
