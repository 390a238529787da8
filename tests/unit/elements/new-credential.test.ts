import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  freshSecret,
  isOtpauthUri,
  parseSecretInput,
  SecretInputError,
} from "../../../src/elements/new-credential.ts";
import { FUZZ_RUNS } from "../../support/fuzz-runs.ts";

/** The RFC 4226 test key. */
const BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const SECRET = new TextEncoder().encode("12345678901234567890");
const PLAIN = { type: "totp", algorithm: "SHA1", digits: 6, periodSeconds: 30 };

describe("a pasted secret", () => {
  it.each([
    [BASE32, { ...PLAIN, issuer: "", account: "" }],
    [" gezd gnbv-gy3t qojq gezd gnbv gy3t qojq\n", PLAIN],
    [`otpauth://totp/AWS:root?secret=${BASE32}&issuer=AWS`, { ...PLAIN, issuer: "AWS", account: "root" }],
    [` OTPAUTH://totp/root?secret=${BASE32}`, { ...PLAIN, account: "root" }],
    [
      `otpauth://totp/A:b?secret=${BASE32}&algorithm=SHA512&digits=8&period=60`,
      { type: "totp", algorithm: "SHA512", digits: 8, periodSeconds: 60 },
    ],
    [`otpauth://hotp/A:b?secret=${BASE32}&counter=7`, { type: "hotp", counter: 7 }],
  ])("is read from %j", async (text, expected) => {
    const parsed = await parseSecretInput(text);
    expect(parsed).toMatchObject(expected);
    expect(parsed.secret).toEqual(SECRET);
  });

  it.each([
    ["", "missing"],
    [" \n", "missing"],
    ["not a key!", "not-base32"],
    ["GEZDGNB1", "not-base32"],
    ["GEZDGNBVGY3TQ", "too-short"],
    ["A".repeat(104), "too-long"],
    ["otpauth://", "bad-uri"],
    ["otpauth://totp/a?secret=1", "bad-uri"],
    [`otpauth://hotp/a?secret=${BASE32}`, "bad-uri"],
    [`otpauth://totp/a?secret=${BASE32}&digits=10`, "unsupported"],
    [`otpauth://totp/a?secret=${BASE32}&algorithm=SHA3-256`, "unsupported"],
  ])("is refused in %j", async (text, problem) => {
    await expect(parseSecretInput(text)).rejects.toMatchObject({ name: "SecretInputError", problem });
  });

  it("never comes back in an error", async () => {
    const error: unknown = await parseSecretInput(`otpauth://totp/a?secret=${BASE32}!`).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SecretInputError);
    expect(String(error)).not.toContain(BASE32);
    expect((error as Error).cause).toBeUndefined();
  });

  it("is read or refused, and nothing else, whatever it is", async () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[A-Z2-7 =-]{0,120}$/u),
      fc.string().map((rest) => `otpauth://totp/${rest}`),
      fc.string().map((rest) => `otpauth://hotp/a?secret=${BASE32}&${rest}`),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        try {
          const { secret, digits, periodSeconds } = await parseSecretInput(text);
          expect(secret.length).toBeGreaterThanOrEqual(10);
          expect([6, 7, 8]).toContain(digits);
          expect(periodSeconds).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(SecretInputError);
        }
      }),
      FUZZ_RUNS,
    );
  });
});

it("knows a link from a key", () => {
  expect(isOtpauthUri(" otpauth://totp/a")).toBe(true);
  expect(isOtpauthUri("OTPAUTH:x")).toBe(true);
  expect(isOtpauthUri(BASE32)).toBe(false);
});

it("makes a new secret of the bytes it is given", () => {
  const fresh = freshSecret((bytes) => bytes.fill(7));
  expect(fresh).toMatchObject(PLAIN);
  expect([...fresh.secret]).toEqual(Array.from({ length: 20 }, () => 7));
});
