import { expect, it } from "vitest";
import type { Credential } from "../../../src/bridge/contract.ts";
import { groupedCode, matchesSearch } from "../../../src/elements/credential-name.ts";
import { englishMessages } from "../../../src/elements/messages.ts";
import { nameProblem } from "../../../src/elements/name-problem.ts";
import { isSameToken, shortSerial } from "../../../src/elements/same-token.ts";

const OTHER: Credential = {
  id: "AWS:root",
  issuer: "AWS",
  account: "root",
  type: "totp",
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
  needsTouch: false,
};
const problem = (issuer: string, account: string, periodSeconds = 30) =>
  nameProblem({ issuer, account, periodSeconds }, [OTHER], englishMessages)?.message ?? null;

const token = (serialNumber?: string) => ({
  info: { name: "K", manufacturer: "M", api: "webusb" as const, ...(serialNumber ? { serialNumber } : {}) },
  open: () => Promise.reject(new Error("not opened here")),
  forget: () => Promise.resolve(),
});

it("lets through names that fit and are free", () => {
  expect(problem("", "root")).toBeNull();
  expect(problem("AWS", "other")).toBeNull();
  expect(problem("x".repeat(31), "y".repeat(32))).toBeNull();
});

it.each([
  ["AWS", "", 30, "Enter a name"],
  ["AWS", "root", 30, "already"],
  ["", "AWS:root", 30, "already"],
  ["x".repeat(32), "y".repeat(32), 30, "so long"],
  ["x".repeat(31), "y".repeat(32), 60, "so long"],
  ["", "ü".repeat(33), 30, "so long"],
])("refuses %j and %j with a period of %i", (issuer, account, periodSeconds, text) => {
  expect(problem(issuer, account, periodSeconds)).toContain(text);
});

it("groups codes for the eye", () => {
  expect(["755224", "7552249", "75522493", "2BCDF"].map(groupedCode)).toEqual([
    "755 224",
    "755 2249",
    "7552 2493",
    "2BCDF",
  ]);
});

it("finds accounts by any part of their name", () => {
  expect(matchesSearch(OTHER, " aws:RO ")).toBe(true);
  expect(matchesSearch(OTHER, "azure")).toBe(false);
});

it("knows a token again by what is printed in it", () => {
  expect(isSameToken(token("1"), token("1"))).toBe(true);
  expect(isSameToken(token("1"), token("2"))).toBe(false);
  expect(isSameToken(token(), token("2"))).toBe(false);
  expect(isSameToken(token(), token())).toBe(true);
  expect(["0A1B2C3D", "42", "", undefined].map(shortSerial)).toEqual(["••2C3D", "42", "", ""]);
});
