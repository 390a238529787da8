import { expect, it } from "vitest";
import { parseDateTime } from "../../../../src/seeds/pskc/date-time.ts";

it.each([
  ["2006-05-01T00:00:00Z", Date.UTC(2006, 4, 1)],
  [" 2006-05-01T00:00:00 ", Date.UTC(2006, 4, 1)],
  ["2006-05-01T02:30:00+02:30", Date.UTC(2006, 4, 1)],
  ["2006-05-01T00:00:00.5-01:00", Date.UTC(2006, 4, 1, 1, 0, 0, 500)],
  ["2006-05-01T00:00:00.123456789Z", Date.UTC(2006, 4, 1, 0, 0, 0, 123)],
  ["2024-02-29T24:00:00Z", Date.UTC(2024, 2, 1)],
])("reads %j", (text, atMs) => {
  expect(parseDateTime(text)).toBe(atMs);
});

it.each([
  "",
  "2006-05-01",
  "01.05.2006",
  "2006-02-29T00:00:00Z",
  "2006-04-31T00:00:00Z",
  "2006-13-01T00:00:00Z",
  "2006-05-01T25:00:00Z",
  "2006-05-01 00:00:00",
  "-2006-05-01T00:00:00Z",
])("refuses %j", (text) => {
  expect(() => parseDateTime(text)).toThrow(expect.objectContaining({ code: "bad-date" }));
});
