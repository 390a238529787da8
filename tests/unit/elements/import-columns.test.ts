import { expect, it } from "vitest";
import { columnsOption, findColumnsProblem } from "../../../src/elements/import-columns.ts";

it("needs a serial number, then a secret, then each once", () => {
  expect(findColumnsProblem([null, "secret"])).toEqual({ problem: "serial-missing", columns: [] });
  expect(findColumnsProblem(["serialNumber", null])).toEqual({ problem: "secret-missing", columns: [] });
  expect(findColumnsProblem(["serialNumber", "secret", "model", null, "model"])).toEqual({
    problem: "twice",
    columns: [2, 4],
  });
  expect(findColumnsProblem(["serialNumber", null, "secret", null])).toBeNull();
});

it("names a column where its name is the only one of its kind, else gives its index", () => {
  const choice = ["serialNumber", "secret", "model", "manufacturer"] as const;
  expect(columnsOption(choice, { count: 4, names: ["SN", "Key ", " key", ""] })).toEqual({
    serialNumber: "SN",
    secret: 1,
    model: 2,
    manufacturer: 3,
  });
  expect(columnsOption(["secret", null, "serialNumber"], { count: 3, names: [] })).toEqual({
    secret: 0,
    serialNumber: 2,
  });
});
