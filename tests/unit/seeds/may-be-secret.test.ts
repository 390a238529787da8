import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../support/fuzz-runs.ts";
import { formatBase32, formatBase64, formatHex } from "../../../src/core/text-forms.ts";
import { mayBeSecret } from "../../../src/seeds/may-be-secret.ts";
import { RFC_KEY } from "./files.ts";

describe("mayBeSecret", () => {
  it.each([
    "1",
    "NL-0009",
    "OBDT10000017",
    "GALT11420104",
    "260012345678",
    "2600123456789",
    "8988303000000614227",
    "FT-C200-00012345",
    "C100-TOTP-0012345",
    "TOKEN-2024-000123",
    "token 2024 000123",
    "DT20/2026/0000123",
  ])("lets the ordinary serial number %s be named", (serialNumber) => {
    expect(mayBeSecret(serialNumber)).toBe(false);
  });

  it.each([
    "JBSWY3DPEHPK3PXP",
    "jbsw y3dp-ehpk 3pxp",
    "JBSWY3DPEHPK3PX",
    "2345672345672345",
    "ABCDEFGH23456723",
    "AB-CDEFGH-234567-234567",
    "3132333435363738393031",
    "31:32:33:34:35:36:37:38:39:30",
    "0x31323334353637383930",
    "MTIzNDU2Nzg5MDEyMzQ",
    "MTIzNDU2Nzg5MDEyMzQ=",
    "ab_cdefghijkl-",
    "OBDT10000017OBDT",
    `OBDT${RFC_KEY.hex}`,
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ!",
    RFC_KEY.base32,
    RFC_KEY.hex,
    RFC_KEY.base64,
  ])("keeps back %s", (serialNumber) => {
    expect(mayBeSecret(serialNumber)).toBe(true);
  });

  it("keeps back every secret of ten bytes or more in base32 and hex, and in base64 with anything but capitals and digits", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 64 }), (secret) => {
        const bytes = Uint8Array.from(secret);
        expect(mayBeSecret(formatBase32(bytes))).toBe(true);
        expect(mayBeSecret(formatBase32(bytes).toLowerCase())).toBe(true);
        expect(mayBeSecret(formatHex(bytes))).toBe(true);
        expect(mayBeSecret(formatHex(bytes).toUpperCase())).toBe(true);
        const base64 = formatBase64(bytes);
        if (/[a-z]/u.test(base64) && /[A-Z+]/u.test(base64)) expect(mayBeSecret(base64)).toBe(true);
      }),
      fuzzRuns(1000),
    );
  });

  it("I12 judges a long serial number at once", () => {
    expect(mayBeSecret("A1-".repeat(85) + "x")).toBe(true);
    expect(mayBeSecret("1".repeat(256))).toBe(true);
  });
});
