import { expect, it } from "vitest";
import { ownText } from "../../../src/seeds/own-text.ts";

it("copies every text as it is", () => {
  for (const text of ["", "0012300001", "ü漢🔑", "\uD800"]) expect(ownText(text)).toBe(text);
});
