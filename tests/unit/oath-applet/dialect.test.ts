import { describe, expect, it } from "vitest";
import { parseHex } from "../../../src/core/text-forms.ts";
import { chooseDialect } from "../../../src/oath-applet/dialect.ts";
import { decodeSelect } from "../../../src/oath-applet/select.ts";
import { dialectOf, selectData, SELECTED, type SelectedName } from "./dialects.ts";

describe("decodeSelect", () => {
  it("reads by tag, passing over what it does not know", () => {
    expect(
      decodeSelect(parseHex("ff0199 7108d218917409e23264 7b0101 7408d403f5ab239d1af7 7903060000")),
    ).toEqual({
      version: [6, 0, 0],
      deviceId: parseHex("d218917409e23264"),
      challenge: parseHex("d403f5ab239d1af7"),
      hasPin: false,
    });
  });

  it("takes an empty answer", () => {
    expect(decodeSelect(new Uint8Array(0))).toEqual({
      version: [],
      deviceId: new Uint8Array(0),
      challenge: null,
      hasPin: false,
    });
  });

  it("sees the PIN of a Trussed token", () => {
    expect(decodeSelect(selectData("trussed"))).toMatchObject({ version: [4, 17, 0, 0], hasPin: true });
  });
});

describe("chooseDialect", () => {
  it.each([
    ["canokey6", "canokey"],
    ["canokey5", "canokey"],
    ["legacy", "canokey"],
    ["pico", "pico"],
    ["yubikey", "yubikey"],
    ["trussed", "trussed"],
  ] as const)("recognises %s by its answer", (name, family) => {
    expect(dialectOf(name).family).toBe(family);
  });

  it("believes what the connection knows", () => {
    const select = decodeSelect(selectData("yubikey"));
    for (const hint of ["canokey", "pico", "trussed", "yubikey"] as const) {
      expect(chooseDialect(select, hint).family).toBe(hint);
    }
  });

  it("never sends an old CanoKey what would mean something else there", () => {
    const { abilities, instructions, propertyHasLength, givesFullResponse } = dialectOf("legacy");
    expect(instructions).toEqual({ list: 3, calculate: 4, calculateAll: 5, sendRemaining: 6 });
    expect(abilities).toEqual({ put: true, delete: true, rename: false, password: false, reset: false });
    expect([propertyHasLength, givesFullResponse]).toEqual([true, false]);
  });

  it.each([
    ["5.3.0", [5, 3, 0], false],
    ["5.3.1", [5, 3, 1], true],
    ["5.4.0", [5, 4, 0], true],
    ["6.0", [6, 0], true],
    ["4.9.9", [4, 9, 9], false],
    ["5.3", [5, 3], false],
  ])("lets a YubiKey %s rename or not", (_name, version, rename) => {
    const select = { version, deviceId: new Uint8Array(8), challenge: null, hasPin: false };
    expect(chooseDialect(select, "yubikey").abilities.rename).toBe(rename);
  });

  it("knows where everything cannot be erased, and where the list must be read before writing", () => {
    const names = Object.keys(SELECTED) as SelectedName[];
    expect(names.filter((name) => dialectOf(name).abilities.reset)).toEqual(["pico", "yubikey", "trussed"]);
    expect(names.filter((name) => dialectOf(name).refusesTakenNames)).toEqual(["canokey6"]);
    expect(names.filter((name) => dialectOf(name).countsBeforeUse)).toEqual([
      "canokey6",
      "canokey5",
      "legacy",
    ]);
  });
});
