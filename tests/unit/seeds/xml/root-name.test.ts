import { expect, it } from "vitest";
import { findRootName } from "../../../../src/seeds/xml/root-name.ts";

it.each([
  ["<KeyContainer/>", "KeyContainer"],
  ["\n<?xml version='1.0'?>\n<!-- <a> --> <!---->\n<p:KeyContainer xmlns:p='x'>", "KeyContainer"],
  ["<a\n>", "a"],
  ["<!-- never closed", null],
  ["<? never closed", null],
  ["<!DOCTYPE a><a/>", null],
  ["text", null],
  ["<", null],
  ["<KeyCont", null],
  ["<KeyContainer/", "KeyContainer"],
  ["", null],
])("finds the root of %j", (text, name) => {
  expect(findRootName(text)).toBe(name);
});
