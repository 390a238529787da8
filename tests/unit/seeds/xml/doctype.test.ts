import { expect, it } from "vitest";
import { pskcFile, pskcPackage, refusalOf } from "../files.ts";

const LAUGHS = `<!DOCTYPE a [<!ENTITY x "${"ha".repeat(100)}"><!ENTITY y "${"&x;".repeat(100)}">]>`;

it.each([
  ["a document type", `<!DOCTYPE KeyContainer>${pskcFile(pskcPackage())}`],
  ["an external one", `<?xml version="1.0"?><!doctype a SYSTEM "file:///etc/passwd">${pskcFile("")}`],
  ["entities", `${LAUGHS}${pskcFile("&y;")}`],
  ["one after the root has begun", pskcFile("<!ENTITY x 'y'>")],
  ["a web page", "<!DOCTYPE html><title>Sign in</title>"],
])("refuses %s", async (_, text) => {
  expect((await refusalOf(text)).code).toBe("doctype-refused");
});
