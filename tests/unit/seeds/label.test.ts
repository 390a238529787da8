import { expect, it } from "vitest";
import { labels } from "../../../src/seeds/label.ts";

it("makes labels one line of at most 256 characters", () => {
  expect(labels({ manufacturer: " Nordlicht\r\n\u0085Tokens ", model: "m".repeat(300) })).toEqual({
    manufacturer: "Nordlicht Tokens",
    model: "m".repeat(256),
  });
});

it("leaves a blank or absent label out", () => {
  expect(labels({ manufacturer: " ", model: null })).toEqual({});
});
