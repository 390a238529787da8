import { describe, expect, it } from "vitest";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import {
  checkProof,
  deriveAccessKeyBytes,
  importAccessKey,
  proveKey,
} from "../../../src/oath-applet/access-key.ts";
import { decodeValidate, encodeValidate } from "../../../src/oath-applet/validate.ts";
import { encodeCommand } from "../../../src/apdu/command.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";

const ZERO_SALT = new Uint8Array(8);

describe("the access key", () => {
  it.each([
    ["foobar", ZERO_SALT, "b07da1e7de87f89a87a2b598eaa2188c"],
    ["Hallå världen!", utf8Bytes("12345678"), "da818e6b2cf0a2d0bf19b3ddd34b83f5"],
    ["Ťᶒśƫ ᵽĥřӓşḛ", utf8Bytes("saltsalt"), "f3dfa78154c810329945fbc4b535e537"],
    ["correct horse", parseHex("d218917409e23264"), "42fafecb9dc18cd8d4cb6ea15c7876b2"],
  ])("of %s", async (password, salt, expected) => {
    expect(formatHex(await deriveAccessKeyBytes(password, salt))).toBe(expected);
  });

  it("cannot be read once imported, and the bytes are gone", async () => {
    const bytes = await deriveAccessKeyBytes("foobar", ZERO_SALT);
    const key = await importAccessKey(bytes);
    expect(bytes).toEqual(new Uint8Array(16));
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow(/extractable/u);
  });

  it("proves itself both ways, as in the worked example", async () => {
    const key = await importAccessKey(await deriveAccessKeyBytes("foobar", ZERO_SALT));
    const ours = parseHex("1112131415161718");
    const command = encodeValidate(await proveKey(key, parseHex("0102030405060708")), ours);
    const sent = "00a3000020 7514 98fedd90c7a2ceb24ac32aa2635d46143b3f1049 7408 1112131415161718 00";
    expect(encodeCommand(command)).toEqual(parseHex(sent));
    const proof = decodeValidate(parseHex("7514c2c63753eb535fd45f39db3682824e735dd0a1ea"));
    expect(await checkProof(key, ours, proof)).toBe(true);
    expect(await checkProof(key, parseHex("1112131415161719"), proof)).toBe(false);
    for (let length = 0; length < proof.length; length += 1) {
      expect(await checkProof(key, ours, proof.slice(0, length))).toBe(false);
    }
    for (let index = 0; index < proof.length; index += 1) {
      const changed = proof.map((byte, at) => (at === index ? byte ^ 1 : byte));
      expect(await checkProof(key, ours, changed)).toBe(false);
    }
  });
});
