import { describe, expect, it } from "vitest";
import { encodeCommand, type CommandApdu } from "../../../src/apdu/command.ts";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { utf8Bytes, type Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { decodeCalculateAll, encodeCalculateAll } from "../../../src/oath-applet/calculate-all.ts";
import { decodeCalculate, encodeCalculate } from "../../../src/oath-applet/calculate.ts";
import { encodeChallenge } from "../../../src/oath-applet/challenge.ts";
import { encodeDelete } from "../../../src/oath-applet/delete.ts";
import { INS } from "../../../src/oath-applet/instructions.ts";
import { decodeList, encodeList } from "../../../src/oath-applet/list.ts";
import { encodePut } from "../../../src/oath-applet/put.ts";
import { encodeRename } from "../../../src/oath-applet/rename.ts";
import { RESET_COMMAND } from "../../../src/oath-applet/reset.ts";
import { decodeSelect, SELECT_COMMAND } from "../../../src/oath-applet/select.ts";
import { encodeNextPage } from "../../../src/oath-applet/send-remaining.ts";
import { CLEAR_CODE_COMMAND } from "../../../src/oath-applet/set-code.ts";
import { decodeTypeByte, encodeTypeByte } from "../../../src/oath-applet/type-byte.ts";
import { decodeValidate } from "../../../src/oath-applet/validate.ts";
import { dialectOf } from "./dialects.ts";

const hex = (command: CommandApdu) => formatHex(encodeCommand(command));
const NAME = utf8Bytes("AWS:root");
const SECRET = utf8Bytes("12345678901234567890");
const yubikey = dialectOf("yubikey");
const legacy = dialectOf("legacy");

describe("commands", () => {
  const put = { name: NAME, type: "totp", algorithm: "SHA1", digits: 6, secret: SECRET } as const;
  const putBody = "71084157533a726f6f74731621063132333435363738393031323334353637383930";

  it.each([
    ["SELECT", SELECT_COMMAND, "00a4040007a000000527210100"],
    ["LIST", encodeList(yubikey), "00a1000000"],
    ["LIST, CanoKey 6", encodeList(dialectOf("canokey6")), "00a10000000000"],
    ["LIST, old CanoKey", encodeList(legacy), "0003000000"],
    ["PUT", encodePut(yubikey, { ...put, properties: 0, counter: 0 }), `0001000022${putBody}`],
    ["PUT with touch", encodePut(yubikey, { ...put, properties: 2, counter: 0 }), `0001000024${putBody}7802`],
    [
      "PUT with touch, old CanoKey",
      encodePut(legacy, { ...put, properties: 2, counter: 0 }),
      `0001000025${putBody}780102`,
    ],
    [
      "PUT with a counter",
      encodePut(yubikey, { ...put, type: "hotp", properties: 2, counter: 0xffff_fffe }),
      `000100002a${putBody.replace("2106", "1106")}78027a04fffffffe`,
    ],
    [
      "CALCULATE",
      encodeCalculate(yubikey, { name: NAME, challenge: encodeChallenge(1) }),
      "00a200011471084157533a726f6f747408000000000000000100",
    ],
    [
      "CALCULATE, whole",
      encodeCalculate(yubikey, { name: NAME, challenge: encodeChallenge(1), full: true }),
      "00a200001471084157533a726f6f747408000000000000000100",
    ],
    [
      "CALCULATE without challenge",
      encodeCalculate(yubikey, { name: NAME, challenge: null }),
      "00a200010a71084157533a726f6f7400",
    ],
    [
      "CALCULATE with an empty challenge",
      encodeCalculate(yubikey, { name: NAME, challenge: new Uint8Array(0) }),
      "00a200010c71084157533a726f6f74740000",
    ],
    [
      "CALCULATE, old CanoKey",
      encodeCalculate(legacy, { name: NAME, challenge: encodeChallenge(1) }),
      "000400001471084157533a726f6f747408000000000000000100",
    ],
    [
      "CALCULATE ALL",
      encodeCalculateAll(yubikey, INS.CALCULATE_ALL, encodeChallenge(1)),
      "00a400010a7408000000000000000100",
    ],
    [
      "CALCULATE ALL, CanoKey 6",
      encodeCalculateAll(dialectOf("canokey6"), INS.CALCULATE_ALL, encodeChallenge(1)),
      "00a4000100000a740800000000000000010000",
    ],
    ["SEND REMAINING", encodeNextPage(yubikey, "send-remaining"), "00a5000000"],
    ["SEND REMAINING, CanoKey 6", encodeNextPage(dialectOf("canokey6"), "send-remaining"), "00a50000000000"],
    ["SEND REMAINING, old CanoKey", encodeNextPage(legacy, "send-remaining"), "0006000000"],
    ["GET RESPONSE", encodeNextPage(dialectOf("pico"), "get-response"), "00c0000000"],
    ["DELETE", encodeDelete(NAME), "000200000a71084157533a726f6f74"],
    ["RENAME", encodeRename(NAME, utf8Bytes("a")), "000500000d71084157533a726f6f74710161"],
    ["SET CODE, none", CLEAR_CODE_COMMAND, "00030000027300"],
    ["RESET", RESET_COMMAND, "0004dead"],
  ])("%s", (_name, command, expected) => {
    expect(hex(command)).toBe(expected);
  });
});

describe("encodeChallenge", () => {
  it("is eight bytes, big-endian", () => {
    expect(formatHex(encodeChallenge(0x0235_23ec))).toBe("00000000023523ec");
    expect(formatHex(encodeChallenge(Number.MAX_SAFE_INTEGER))).toBe("001fffffffffffff");
  });

  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])("refuses %d", (factor) => {
    expect(() => encodeChallenge(factor)).toThrow(RangeError);
  });
});

describe("the type byte", () => {
  it("reads back for every type and algorithm, and nothing else is one", () => {
    const known = new Map(
      (["hotp", "totp"] as const).flatMap((type) =>
        (["SHA1", "SHA256", "SHA512"] as const).map((algorithm) => [
          encodeTypeByte(type, algorithm),
          { type, algorithm },
        ]),
      ),
    );
    expect([...known.keys()]).toEqual([0x11, 0x12, 0x13, 0x21, 0x22, 0x23]);
    for (let byte = 0; byte < 256; byte += 1) expect(decodeTypeByte(byte)).toEqual(known.get(byte) ?? null);
  });
});

describe("answers", () => {
  it("LIST, in its own form and in that of old CanoKeys", () => {
    const entry = { name: utf8Bytes("a"), type: "totp", algorithm: "SHA256" };
    expect(decodeList(parseHex("72022261"))).toEqual([{ ...entry, digits: null }]);
    expect(decodeList(parseHex("710161 75022208"))).toEqual([{ ...entry, digits: 8 }]);
  });

  it("LIST, leaving out what gives no codes", () => {
    expect(decodeList(parseHex("72023162 7202f163 72022f64 72022165"))).toEqual([
      { name: utf8Bytes("e"), type: "totp", algorithm: "SHA1", digits: null },
    ]);
  });

  it("CALCULATE ALL", () => {
    expect(
      decodeCalculateAll(parseHex("710161 7605068139 7eea 710162 770108 710163 7c0106 710164 7c00")),
    ).toEqual([
      { kind: "code", name: utf8Bytes("a"), digits: 6, truncated: 0x01397eea },
      { kind: "counter", name: utf8Bytes("b"), digits: 8 },
      { kind: "touch", name: utf8Bytes("c"), digits: 6 },
      { kind: "touch", name: utf8Bytes("d"), digits: null },
    ]);
  });

  it("CALCULATE, masking the high bit", () => {
    expect(decodeCalculate(parseHex("760506c1397eea"))).toEqual({ digits: 6, truncated: 0x41397eea });
    expect(decodeCalculate(parseHex("751506 75a48a19d4cbe100644e8ac1397eea747a2d33ab"))).toEqual({
      digits: 6,
      truncated: 0x41397eea,
    });
  });

  const complete: [string, (data: Bytes) => unknown, string][] = [
    ["SELECT", decodeSelect, "7903060000 7108d218917409e23264 7b0101 7408d403f5ab239d1af7"],
    ["VALIDATE", decodeValidate, "7514c2c63753eb535fd45f39db3682824e735dd0a1ea"],
    ["LIST", decodeList, "720b11686f74703a706c61696e 720b11686f74703a66726f6d35"],
    ["LIST of old CanoKeys", decodeList, "710161 75022106 710162 75022108"],
    ["CALCULATE", decodeCalculate, "76050641397eea"],
    ["CALCULATE, whole", decodeCalculate, "75150675a48a19d4cbe100644e8ac1397eea747a2d33ab"],
    ["CALCULATE ALL", decodeCalculateAll, "710161 76050641397eea 710162 770106"],
  ];

  it.each(complete)(
    "D3 %s cut at any byte ends in a typed error, or at a field's end in less",
    (_name, decode, text) => {
      const data = parseHex(text);
      const whole = JSON.stringify(decode(data));
      let refused = 0;
      for (let length = 0; length < data.length; length += 1) {
        try {
          expect(JSON.stringify(decode(data.slice(0, length)))).not.toBe(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(BridgeError);
          refused += 1;
        }
      }
      expect(refused).toBeGreaterThanOrEqual(data.length - 5);
    },
  );

  it.each<[string, (data: Bytes) => unknown, string]>([
    ["VALIDATE without a proof", decodeValidate, ""],
    ["VALIDATE with another field", decodeValidate, "740100"],
    ["LIST with an empty entry", decodeList, "7200"],
    ["LIST with a type and no name", decodeList, "720121"],
    ["LIST without digits", decodeList, "710161 750121"],
    ["CALCULATE of nothing", decodeCalculate, ""],
    ["CALCULATE with a touch mark", decodeCalculate, "7c0106"],
    ["CALCULATE with three bytes", decodeCalculate, "760406413 97e"],
    ["CALCULATE with five bytes", decodeCalculate, "760606 41397eea00"],
    ["CALCULATE of a whole HMAC without bytes", decodeCalculate, "750106"],
    ["CALCULATE of a short HMAC", decodeCalculate, "751106 ffffffffffffffffffffffffffffffff"],
    ["CALCULATE ALL with two names", decodeCalculateAll, "710161 710162 770106"],
    ["CALCULATE ALL with a lone name", decodeCalculateAll, "710161"],
    ["CALCULATE ALL with an unknown result", decodeCalculateAll, "710161 7d0106"],
    ["CALCULATE ALL with an empty result", decodeCalculateAll, "710161 7600"],
  ])("D3 %s is malformed", (_name, decode, text) => {
    expect(() => decode(parseHex(text))).toThrow(BridgeError);
  });
});
