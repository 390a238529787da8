import { describe, expect, it } from "vitest";
import { SW } from "../../../src/apdu/status-words.ts";
import { StatusWordError } from "../../../src/core/bridge-error.ts";
import { refusal, type RefusalContext } from "../../../src/oath-applet/refusal.ts";

const during = "to do it";

describe("refusal", () => {
  it.each<[number, string, Partial<RefusalContext>]>([
    [SW.SECURITY_STATUS_NOT_SATISFIED, "touch-required", { waitedForTouch: true, mayBeLocked: true }],
    [SW.SECURITY_STATUS_NOT_SATISFIED, "locked", { mayBeLocked: true }],
    [SW.SECURITY_STATUS_NOT_SATISFIED, "status-word", {}],
    [SW.NO_SUCH_OBJECT, "no-credentials", { namesCredential: true }],
    [SW.NOT_FOUND, "no-credentials", { namesCredential: true }],
    [SW.NO_SUCH_OBJECT, "status-word", {}],
    [SW.CONDITIONS_NOT_SATISFIED, "status-word", { namesNewCredential: true }],
    [SW.NOT_ENOUGH_MEMORY, "storage-full", {}],
    [SW.WRONG_DATA, "status-word", { namesCredential: true }],
    [0x0000, "status-word", {}],
  ])("of %i is %s with %o", (sw, code, context) => {
    const error = refusal(sw, { during, ...context });
    expect(error.code).toBe(code);
    const told = error instanceof StatusWordError ? error : error.cause;
    expect(told).toMatchObject({ sw });
  });

  it("says which name is the trouble", () => {
    const context = { during, namesNewCredential: true };
    expect(refusal(SW.CONDITIONS_NOT_SATISFIED, context).message).toBe(
      "The token refused a second credential of the same name (status 6985).",
    );
  });
});
