import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { parseHex } from "../../../src/core/text-forms.ts";
import { decimalCode, isSteam, steamCode, truncate } from "../../../src/oath-applet/code.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

/** HMACs of the RFC 4226 and RFC 6238 test keys over counter 1. */
const MAC = {
  SHA1: parseHex("75a48a19d4cbe100644e8ac1397eea747a2d33ab"),
  SHA256: parseHex("392514c9dd4165d4709456062c78e04e16e68718515951333bdb8b26caa3053c"),
  SHA512: parseHex(
    "6f76f324230cefda1d3f65309a0badb36efce9528ada64967d71e4e9d74c4aa37fe7650f931ab86ddccc2d38962d720ee626a20feb311b485a92e3bb0796df28",
  ),
};

describe("truncate", () => {
  it("takes the four bytes at the offset, without the high bit", () => {
    expect(truncate(MAC.SHA1)).toBe(0x41397eea);
    expect(truncate(MAC.SHA256)).toBe(0x2c78e04e);
    expect(truncate(MAC.SHA512)).toBe(0x1d3f6530);
  });

  it("refuses a MAC that is shorter than its offset", () => {
    for (let length = 0; length < 19; length += 1) {
      expect(() => truncate(new Uint8Array(length).fill(0x0f))).toThrow(BridgeError);
    }
    expect(truncate(new Uint8Array(19).fill(0x0f))).toBe(0x0f0f0f0f);
  });
});

describe("decimalCode", () => {
  it.each([
    [0x41397eea, 6, "287082"],
    [0xc1397eea, 6, "287082"],
    [0x41397eea, 8, "94287082"],
    [0x2c78e04e, 8, "46119246"],
    [0x1d3f6530, 8, "90693936"],
    [0x3610f84c, 8, "07081804"],
    [0x41397eea, 4, "7082"],
    [0, 6, "000000"],
    [0x7fffffff, 10, "2147483647"],
  ])("%i with %i digits is %s", (truncated, digits, code) => {
    expect(decimalCode(truncated, digits)).toBe(code);
  });

  it.each([0, 11, 255])("refuses %i digits", (digits) => {
    expect(() => decimalCode(1, digits)).toThrow(BridgeError);
  });

  it("has as many digits as it should, whatever the number", FUZZ_TIMEOUT, () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), fc.integer({ min: 1, max: 10 }), (truncated, digits) => {
        expect(decimalCode(truncated, digits)).toMatch(new RegExp(`^[0-9]{${digits}}$`, "u"));
      }),
      FUZZ_RUNS,
    );
  });
});

describe("steamCode", () => {
  it("is PV9M4 for the HMAC of counter 1, high bit or not", () => {
    expect(steamCode(truncate(MAC.SHA1))).toBe("PV9M4");
    expect(steamCode(0xc1397eea)).toBe("PV9M4");
    expect(steamCode(0)).toBe("22222");
  });

  it("belongs to TOTP of the issuer Steam, written so", () => {
    expect(isSteam({ issuer: "Steam", type: "totp" })).toBe(true);
    for (const issuer of ["steam", "Steam ", "STEAM", ""])
      expect(isSteam({ issuer, type: "totp" })).toBe(false);
    expect(isSteam({ issuer: "Steam", type: "hotp" })).toBe(false);
  });
});
