import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { concatBytes, type Bytes } from "../../../src/core/bytes.ts";
import { parseHex } from "../../../src/core/text-forms.ts";
import { decodeCalculateAll } from "../../../src/oath-applet/calculate-all.ts";
import { decodeCalculate } from "../../../src/oath-applet/calculate.ts";
import { decimalCode } from "../../../src/oath-applet/code.ts";
import { parseCredentialName } from "../../../src/oath-applet/credential-name.ts";
import { decodeList } from "../../../src/oath-applet/list.ts";
import { OathAppletSession } from "../../../src/oath-applet/oath-applet-session.ts";
import { decodeSelect } from "../../../src/oath-applet/select.ts";
import { decodeValidate } from "../../../src/oath-applet/validate.ts";
import { encodeTlv } from "../../../src/tlv/writer.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { SELECTED } from "./dialects.ts";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Uint8Array.from(array));
const tags = fc.constantFrom(0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x79, 0x7b, 0x7c, 0x82, 0x8f);
/** Fields that mean something to one of the codecs, sometimes with a wrong byte or cut. */
const fields = fc
  .array(fc.tuple(tags, bytes(24)), { maxLength: 8 })
  .map((list) => concatBytes(...list.map(([tag, value]) => encodeTlv(tag, value))));
const spoilt = fc
  .tuple(fields, fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 3 }))
  .map(([data, at, byte, cut]) => {
    const copy = data.slice(0, Math.max(0, data.length - cut));
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });
const answers = fc.oneof(bytes(80), fields, spoilt);

function judge(decode: (data: Bytes) => unknown, data: Bytes): void {
  try {
    decode(data);
  } catch (error) {
    expect(error).toBeInstanceOf(BridgeError);
  }
}

const isSelect = (command: Bytes) => command[1] === 0xa4 && command[2] === 0x04;
const randomBytes = (length: number) => new Uint8Array(length);

describe("whatever a token answers, a codec ends in a value or a BridgeError", FUZZ_TIMEOUT, () => {
  it.each<[string, (data: Bytes) => unknown]>([
    ["SELECT", decodeSelect],
    ["VALIDATE", decodeValidate],
    ["LIST", decodeList],
    [
      "CALCULATE",
      (data) => {
        const { truncated, digits } = decodeCalculate(data);
        expect(decimalCode(truncated, digits)).toMatch(/^[0-9]{1,10}$/u);
      },
    ],
    ["CALCULATE ALL", decodeCalculateAll],
  ])("%s", (_name, decode) => {
    fc.assert(
      fc.property(answers, (data) => judge(decode, data)),
      FUZZ_RUNS,
    );
  });

  it("names", () => {
    fc.assert(
      fc.property(bytes(70), fc.constantFrom("totp", "hotp"), (name, type) => {
        const { periodSeconds } = parseCredentialName(name, type);
        expect(Number.isInteger(periodSeconds) && periodSeconds > 0).toBe(true);
      }),
      FUZZ_RUNS,
    );
  });

  it("D3 a whole session", async () => {
    const words = fc.constantFrom(0x9000, 0x61ff, 0x6982, 0x6984, 0x6985, 0x6a80, 0x6a82, 0x6d00, 0x0000);
    const answer = fc
      .tuple(answers, words)
      .map(([data, sw]) => concatBytes(data, Uint8Array.of(sw >> 8, sw & 0xff)));
    const script = fc.array(fc.oneof({ weight: 4, arbitrary: answer }, bytes(6)), { maxLength: 12 });
    const selected = fc.constantFrom(...Object.values(SELECTED)).map((text) => parseHex(text));
    await fc.assert(
      fc.asyncProperty(script, selected, async (answersLeft, selectAnswer) => {
        const rest = [...answersLeft];
        const connection = {
          deviceName: "any",
          transmit: async (command: Bytes) =>
            isSelect(command) ? selectAnswer : (rest.shift() ?? Uint8Array.of(0x90, 0x00)),
          close: async () => undefined,
        };
        try {
          const session = await OathAppletSession.open(connection, { randomBytes });
          const readings = await session.calculateAll(59);
          for (const { code } of readings) if (code !== null) expect(code).toMatch(/^[0-9A-Z]{1,10}$/u);
        } catch (error) {
          expect(error).toBeInstanceOf(BridgeError);
        }
      }),
      FUZZ_RUNS,
    );
  });
});
