import { describe, expect, it } from "vitest";
import { formatHex, parseBase64, parseHex } from "../../../../src/core/text-forms.ts";
import { requireCipher } from "../../../../src/seeds/pskc/cipher.ts";
import { derivePbkdf2 } from "../../../../src/seeds/pskc/pbkdf2.ts";

const FIGURE_7 = {
  salt: parseHex("123eff3c4a72129c"),
  iterations: 1000,
  keyBytes: 16,
  hash: "SHA-1",
} as const;
const CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";

function opened(algorithm: string, key: string, value: string): string | undefined {
  const plain = requireCipher(algorithm).decrypt(parseHex(key), parseHex(value), null);
  return plain ? formatHex(plain.bytes) : undefined;
}

describe("PSKC's cryptography", () => {
  it("derives the key of figure 7 of RFC 6030", async () => {
    expect(formatHex(await derivePbkdf2("qwerty", FIGURE_7, undefined))).toBe(
      "651e63cd57008476af1ff6422cd02e41",
    );
  });

  it.each([
    [
      "6",
      "12345678901234567890123456789012",
      "ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX",
      "1122334455667788990011223344556677889900",
    ],
    [
      "7",
      "651e63cd57008476af1ff6422cd02e41",
      "2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx",
      "bdaab8d648e850d25a3289364f7d7eaaf53ce581",
    ],
  ])("decrypts the MAC key of figure %s", (_, key, value, macKey) => {
    expect(opened(CBC, key, formatHex(parseBase64(value)))).toBe(macKey);
  });

  it("unwraps the vectors of RFC 3394 section 4.1 and RFC 5649 section 6", () => {
    expect(
      opened(
        "#kw-aes128",
        "000102030405060708090a0b0c0d0e0f",
        "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
      ),
    ).toBe("00112233445566778899aabbccddeeff");
    expect(
      opened(
        "#kw-aes-192-pad",
        "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8",
        "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a",
      ),
    ).toBe("c37b7e6492584340bed12207808941155068f738");
  });

  it.each([
    ["nothing", CBC, ""],
    ["an IV alone", CBC, "00".repeat(16)],
    ["half a block", CBC, "00".repeat(40)],
    ["nothing wrapped", "#kw-aes128", ""],
    ["half a block wrapped", "#kw-aes128", "00".repeat(20)],
    ["what was not wrapped", "#kw-aes-128-pad", "00".repeat(32)],
  ])("opens no value of %s", (_, algorithm, value) => {
    expect(opened(algorithm, "00".repeat(16), value)).toBeUndefined();
  });
});
