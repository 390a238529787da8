import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SRC = new URL("../../../src/", import.meta.url);
/** In a template; also `styleMap`, which writes the attribute at the first rendering. */
const STYLE_ATTRIBUTE = /\sstyle=["'$]|\bstyleMap\(/u;

const files = ["elements/", "console/"].flatMap((folder) =>
  readdirSync(new URL(folder, SRC), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => new URL(`${folder}${name}`, SRC)),
);

// `style-src 'self'` blocks them, and the console's policy is what embedders are told to set as well.
it.each(files.map((file) => [file.pathname.slice(SRC.pathname.length), file] as const))(
  "%s has no style attribute",
  (_, file) => {
    expect(readFileSync(file, "utf8").match(STYLE_ATTRIBUTE)?.[0] ?? "").toBe("");
  },
);

it("finds one", () => {
  expect('<div class="rows" style="block-size: 1px">').toMatch(STYLE_ATTRIBUTE);
  expect("<div\n  style=${width}>").toMatch(STYLE_ATTRIBUTE);
});
