import { expect, it } from "vitest";
import { loadPart } from "../../../src/mfa/load-part.ts";

it("hands out what was loaded", async () => {
  await expect(loadPart(async () => ({ read: 1 }))).resolves.toEqual({ read: 1 });
});

it("says by its code, and not by the browser's words, that a part could not be fetched", async () => {
  const fault = new TypeError("Failed to fetch dynamically imported module: https://example.com/part.js");
  const failed: unknown = await loadPart(() => Promise.reject(fault)).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: "MfaError", code: "not-loaded", cause: fault });
  expect(String(failed)).not.toContain("example.com");
});
