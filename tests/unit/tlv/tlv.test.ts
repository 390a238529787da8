import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { concatBytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { readTlvs } from "../../../src/tlv/reader.ts";
import { encodeTlv } from "../../../src/tlv/writer.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

const read = (hex: string) => [...readTlvs(parseHex(hex))].map(({ tag, value }) => [tag, formatHex(value)]);

describe("readTlvs", () => {
  it("keeps order and repetition", () => {
    expect(read("7101aa 7600 7101bb")).toEqual([
      [0x71, "aa"],
      [0x76, ""],
      [0x71, "bb"],
    ]);
    expect(read("")).toEqual([]);
  });

  it("reads the long forms of a length", () => {
    expect(read(`718180${"00".repeat(128)}`)).toEqual([[0x71, "00".repeat(128)]]);
    expect(read(`71820101${"00".repeat(257)}`)).toEqual([[0x71, "00".repeat(257)]]);
    expect(read("718101aa")).toEqual([[0x71, "aa"]]);
  });

  it.each(["71", "7101", "7102aa", "7180", "718301000000", "7181", "718200", "71ff", "7100 72"])(
    "refuses %s",
    (hex) => expect(() => read(hex)).toThrow(BridgeError),
  );

  it("gives the fields before a bad one to who asks singly", () => {
    const [first] = readTlvs(parseHex("7101aa 72ff"));
    expect(first).toEqual({ tag: 0x71, value: Uint8Array.of(0xaa) });
  });

  it(
    "ends every sequence of bytes in fields or a BridgeError, and never reads beyond the end",
    FUZZ_TIMEOUT,
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          try {
            const fields = [...readTlvs(Uint8Array.from(bytes))];
            const size = fields.reduce((total, { value }) => total + value.length + 2, 0);
            expect(size).toBeLessThanOrEqual(bytes.length);
          } catch (error) {
            expect(error).toBeInstanceOf(BridgeError);
          }
        }),
        FUZZ_RUNS,
      );
    },
  );
});

describe("encodeTlv", () => {
  it("joins its parts", () => {
    expect(formatHex(encodeTlv(0x73, Uint8Array.of(0x21, 6), Uint8Array.of(1)))).toBe("7303210601");
    expect(formatHex(encodeTlv(0x73))).toBe("7300");
  });

  it("reads back", FUZZ_TIMEOUT, () => {
    const lengths = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(127, 128, 255, 256, 65_535));
    fc.assert(
      fc.property(fc.nat({ max: 255 }), fc.array(lengths, { maxLength: 2 }), (tag, sizes) => {
        const values = sizes.map((size) => new Uint8Array(size).fill(7));
        const encoded = concatBytes(...values.map((value) => encodeTlv(tag, value)));
        expect([...readTlvs(encoded)].map(({ value }) => value.length)).toEqual(sizes);
      }),
      FUZZ_RUNS,
    );
  });

  it.each([-1, 256, 1.5])("refuses the tag %d", (tag) => expect(() => encodeTlv(tag)).toThrow(RangeError));

  it("refuses what is too long", () => {
    expect(() => encodeTlv(0x71, new Uint8Array(65_536))).toThrow(RangeError);
  });
});
