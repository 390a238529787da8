import { expect, it } from "vitest";
import { LIMITS } from "../../../../src/seeds/limits.ts";
import { DoctypeGuard } from "../../../../src/seeds/xml/doctype.ts";
import { pskcFile, pskcPackage, refusalOf } from "../files.ts";

const LAUGHS = `<!DOCTYPE a [<!ENTITY x "${"ha".repeat(100)}"><!ENTITY y "${"&x;".repeat(100)}">]>`;
/** More than the part of a file by which its format is recognised. */
const LONG_COMMENT = `<!-- ${"so long ".repeat(LIMITS.sliceBytes / 8)} -->`;

it.each([
  ["a document type", `<!DOCTYPE KeyContainer>${pskcFile(pskcPackage())}`],
  ["an external one", `<?xml version="1.0"?><!doctype a SYSTEM "file:///etc/passwd">${pskcFile("")}`],
  ["entities", `${LAUGHS}${pskcFile("&y;")}`],
  ["one after the root has begun", pskcFile("<!ENTITY x 'y'>")],
  ["a web page", "<!DOCTYPE html><title>Sign in</title>"],
  ["one after a long comment", `${LONG_COMMENT}${LAUGHS}${pskcFile("&y;")}`],
  ["one far behind the root", pskcFile(`${pskcPackage()}${LONG_COMMENT}<!ENTITY x 'y'>`)],
  ["one at the very end", `${pskcFile(pskcPackage())}${LONG_COMMENT}<!DOCTYPE a>`],
])("I1 refuses %s", async (_, text) => {
  expect((await refusalOf(text)).code).toBe("doctype-refused");
  expect((await refusalOf(text, { format: "pskc" })).code).toBe("doctype-refused");
});

it("I1 sees a declaration wherever slices cut it", () => {
  for (const declaration of ["<!DOCTYPE", "<!entity"]) {
    for (let cut = 1; cut < declaration.length; cut += 1) {
      const guard = new DoctypeGuard();
      guard.check(`<a>${declaration.slice(0, cut)}`);
      expect(() => guard.check(declaration.slice(cut))).toThrow(/DOCTYPE or ENTITY/u);
    }
    const guard = new DoctypeGuard();
    for (const character of declaration.slice(0, -1)) guard.check(character);
    expect(() => guard.check(declaration.slice(-1))).toThrow(/DOCTYPE or ENTITY/u);
  }
});
