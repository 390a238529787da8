import { expect, it } from "vitest";
import { BridgeError, StatusWordError } from "../../../src/core/bridge-error.ts";
import { OathError } from "../../../src/core/errors.ts";

it("carries its code, its message and its cause", () => {
  const cause = new Error("underneath");
  const error = new BridgeError("unplugged", "Plug the token in again.", { cause });
  expect(error).toBeInstanceOf(OathError);
  expect([error.name, error.code, error.message]).toEqual([
    "BridgeError",
    "unplugged",
    "Plug the token in again.",
  ]);
  expect(error.cause).toBe(cause);
});

it("tells a status word as a number and in its message", () => {
  const error = new StatusWordError("to list its credentials", 0x0000);
  expect(error).toBeInstanceOf(BridgeError);
  expect([error.name, error.code, error.sw]).toEqual(["StatusWordError", "status-word", 0]);
  expect(error.message).toBe("The token refused to list its credentials (status 0000).");
});
