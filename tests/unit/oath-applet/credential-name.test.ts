import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import {
  credentialId,
  formatCredentialName,
  parseCredentialName,
} from "../../../src/oath-applet/credential-name.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

const parse = (name: string, type: "totp" | "hotp" = "totp") => {
  const { issuer, account, periodSeconds } = parseCredentialName(utf8Bytes(name), type);
  return [issuer, account, periodSeconds];
};
const format = (issuer: string, account: string, periodSeconds = 30, type: "totp" | "hotp" = "totp") =>
  new TextDecoder().decode(formatCredentialName({ issuer, account, periodSeconds }, type));

describe("parseCredentialName", () => {
  it.each([
    ["20/Issuer:name", "Issuer", "name", 20],
    ["weird/Issuer:name", "weird/Issuer", "name", 30],
    ["20/name", "", "name", 20],
    ["Issuer:name", "Issuer", "name", 30],
    ["name", "", "name", 30],
    [":name", "", ":name", 30],
    ["Issuer:", "", "Issuer:", 30],
    ["a:b:c", "a", "b:c", 30],
    ["20/", "", "20/", 30],
    ["0/name", "", "0/name", 30],
    ["007/name", "", "name", 7],
    ["1234567890/name", "", "1234567890/name", 30],
    ["２０/name", "", "２０/name", 30],
    ["60/two\nlines:name", "two\nlines", "name", 60],
    ["", "", "", 30],
  ])("%j is issuer %j, account %j, %d s", (name, ...expected) => {
    expect(parse(name)).toEqual(expected);
  });

  it("finds no period in an HOTP name", () => {
    expect(parse("20/Issuer:name", "hotp")).toEqual(["20/Issuer", "name", 30]);
  });
});

describe("formatCredentialName", () => {
  it("mentions a period only when it is not 30 s", () => {
    expect(format("Issuer", "name")).toBe("Issuer:name");
    expect(format("Issuer", "name", 60)).toBe("60/Issuer:name");
    expect(format("", "name")).toBe("name");
    expect(format("Issuer", "name", 60, "hotp")).toBe("Issuer:name");
  });

  it("takes 64 bytes of UTF-8 and no more", () => {
    expect(format("", "é".repeat(32))).toHaveLength(32);
    expect(() => format("", `${"é".repeat(32)}a`)).toThrow(RangeError);
  });

  it.each([
    ["no account", "Issuer", "", 30],
    ["another period in front of the issuer", "60/Issuer", "name", 30],
    ["another period in front of the account", "", "60/name", 30],
    ["a period of 0", "", "name", 0],
    ["a broken period", "", "name", 30.5],
    ["a period beyond nine digits", "", "name", 1_000_000_000],
    ["no period at all", "", "name", Number.NaN],
  ])("refuses %s", (_what, issuer, account, periodSeconds) => {
    expect(() => format(issuer, account, periodSeconds)).toThrow(RangeError);
  });

  it("writes what reads back, unless it refuses", FUZZ_TIMEOUT, () => {
    const text = fc.string({ unit: fc.constantFrom("a", "0", "7", "/", ":", "é", " "), maxLength: 12 });
    fc.assert(
      fc.property(text, text, fc.constantFrom(15, 30, 60), (issuer, account, periodSeconds) => {
        try {
          const name = formatCredentialName({ issuer, account, periodSeconds }, "totp");
          const read = parseCredentialName(name, "totp");
          expect(read.periodSeconds).toBe(periodSeconds);
          const joined = read.issuer === "" ? read.account : `${read.issuer}:${read.account}`;
          expect(joined).toBe(issuer === "" ? account : `${issuer}:${account}`);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      FUZZ_RUNS,
    );
  });
});

describe("credentialId", () => {
  it("is the name as text, and hex where it is none", () => {
    expect(credentialId(utf8Bytes("会議:ユーザー"))).toBe("会議:ユーザー");
    expect(credentialId(Uint8Array.of(0x61, 0xff))).toBe("hex:61ff");
    expect(credentialId(utf8Bytes("hex:61ff"))).toBe("hex:6865783a36316666");
  });

  it("is never the same for two names", FUZZ_TIMEOUT, () => {
    const name = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Uint8Array.from(bytes));
    const marked = name.map((bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(name, marked), fc.oneof(name, marked), (one, other) => {
        const same = one.length === other.length && one.every((byte, index) => byte === other[index]);
        expect(credentialId(one) === credentialId(other)).toBe(same);
      }),
      FUZZ_RUNS,
    );
    expect(credentialId(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).not.toBe("a");
  });
});
