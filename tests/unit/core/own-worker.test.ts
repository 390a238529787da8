import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { requireOwnScript } from "../../../src/core/own-worker.ts";

beforeEach(() => {
  vi.stubGlobal("origin", "https://mfa.example");
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("requireOwnScript", () => {
  it.each([
    "https://mfa.example/assets/verification.worker-DGfZZM8T.js",
    "https://mfa.example/assets/identification.worker.js",
    "https://mfa.example/workers/verification.worker.ts?worker_file&type=module",
  ])("P1 vouches for our worker at %s", (url) => {
    expect(requireOwnScript(url)).toBe(url);
  });

  it.each([
    "https://mfa.example/assets/other.worker.js",
    "https://mfa.example/assets/verification.worker.js/other.js",
    "https://mfa.example/other.js?/verification.worker.js",
    "https://mfa.example/other.js#/verification.worker.js",
    "https://mfa.example/my-verification.worker.js",
    "https://mfa.example.attacker.example/assets/verification.worker.js",
    "http://mfa.example/assets/verification.worker.js",
    "data:text/javascript,1//verification.worker.js",
    "blob:https://mfa.example/verification.worker.txt",
    "javascript:1//verification.worker.js",
  ])("P1 does not vouch for %s", (url) => {
    expect(() => requireOwnScript(url)).toThrow(TypeError);
  });
});
