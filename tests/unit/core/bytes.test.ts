import { expect, it } from "vitest";
import { concatBytes, utf8Bytes, wipe } from "../../../src/core/bytes.ts";

it("joins bytes in order", () => {
  expect(concatBytes(Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3))).toEqual(
    Uint8Array.of(1, 2, 3),
  );
  expect(concatBytes()).toEqual(new Uint8Array(0));
});

it("writes text as UTF-8", () => {
  expect(utf8Bytes("é€")).toEqual(Uint8Array.of(0xc3, 0xa9, 0xe2, 0x82, 0xac));
});

it("wipes in place", () => {
  const secret = Uint8Array.of(1, 2, 3);
  wipe(secret);
  expect(secret).toEqual(new Uint8Array(3));
});
