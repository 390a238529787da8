import { describe, expect, it } from "vitest";
import { parseResponse } from "../../../src/apdu/response.ts";
import { isMoreData, SW } from "../../../src/apdu/status-words.ts";
import { BridgeError } from "../../../src/core/bridge-error.ts";

describe("parseResponse", () => {
  it("takes the status word off the end", () => {
    expect(parseResponse(Uint8Array.of(0x90, 0x00))).toEqual({ data: new Uint8Array(0), sw: SW.OK });
    expect(parseResponse(Uint8Array.of(1, 2, 3, 0x61, 0xff))).toEqual({
      data: Uint8Array.of(1, 2, 3),
      sw: 0x61ff,
    });
  });

  it.each([[[]], [[0x90]]])("refuses the %o of a cut answer", (bytes) => {
    expect(() => parseResponse(Uint8Array.from(bytes))).toThrow(BridgeError);
  });
});

describe("isMoreData", () => {
  it.each([0x6100, 0x6110, 0x61ff])("is true for %i", (sw) => expect(isMoreData(sw)).toBe(true));
  it.each([SW.OK, 0x6000, 0x6200, 0x0061, 0x6b61])("is false for %i", (sw) => {
    expect(isMoreData(sw)).toBe(false);
  });
});
