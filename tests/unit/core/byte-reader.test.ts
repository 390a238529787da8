import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { ByteReader } from "../../../src/core/byte-reader.ts";
import type { Bytes } from "../../../src/core/bytes.ts";

const BYTES = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);

function readAll(bytes: Bytes): (number | Bytes)[] {
  const reader = new ByteReader(bytes);
  const values = [
    reader.u8(),
    reader.u16be(),
    reader.u16le(),
    reader.u32be(),
    reader.u32le(),
    reader.take(1),
  ];
  reader.requireEnd();
  return values;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof BridgeError) return error.code;
    throw error;
  }
  return "none";
}

describe("ByteReader", () => {
  it("reads in order, both ends first", () => {
    expect(readAll(BYTES)).toEqual([1, 0x0203, 0x0504, 0x06070809, 0x0d0c0b0a, Uint8Array.of(14)]);
  });

  it("reads the largest values as positive numbers", () => {
    const reader = new ByteReader(new Uint8Array(8).fill(0xff));
    expect([reader.u32be(), reader.u32le()]).toEqual([0xffff_ffff, 0xffff_ffff]);
  });

  it("refuses bytes that are cut anywhere", () => {
    for (let length = 0; length < BYTES.length; length += 1) {
      expect(codeOf(() => readAll(BYTES.slice(0, length)))).toBe("malformed-answer");
    }
  });

  it("refuses bytes that go on", () => {
    expect(codeOf(() => readAll(Uint8Array.of(...BYTES, 0)))).toBe("malformed-answer");
  });

  it("stays where it was when a read does not fit", () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3));
    expect(codeOf(() => reader.u32be())).toBe("malformed-answer");
    expect(reader.remaining).toBe(3);
    expect(reader.rest()).toEqual(Uint8Array.of(1, 2, 3));
    expect(reader.rest()).toEqual(new Uint8Array(0));
  });

  it("reads a part of a larger buffer, and gives copies", () => {
    const part = BYTES.subarray(4, 7);
    const reader = new ByteReader(part);
    expect(reader.u8()).toBe(5);
    const taken = reader.take(2);
    taken.fill(0);
    expect(part).toEqual(Uint8Array.of(5, 6, 7));
    expect(codeOf(() => reader.u8())).toBe("malformed-answer");
  });
});
