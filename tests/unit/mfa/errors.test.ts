import { expect, it } from "vitest";
import { IAM_CODES, MfaError, MfaInputError, type MfaErrorCode } from "../../../src/mfa/errors.ts";
import { valueOf } from "../../../src/mfa/wire-errors.ts";
import { OtpError } from "../../../src/otp/index.ts";
import { SeedFileError } from "../../../src/seeds/errors.ts";
import { asOutcome, encodeError } from "../../../workers/outcomes.ts";

const CODES = Object.keys(IAM_CODES) as MfaErrorCode[];

it.each(CODES)("%s crosses the worker border whole", async (code) => {
  const details = { retryAfterMs: 5, serialNumber: "X", reason: "skipped" } as const;
  const outcome = await asOutcome(() =>
    Promise.reject(new MfaError(code, "Why.", { details, cause: new Error("c") })),
  );
  const sent: typeof outcome = structuredClone(outcome);
  const received = failureOf(() => valueOf(sent));
  expect(received).toBeInstanceOf(MfaError);
  expect(received).toMatchObject({
    code,
    message: "Why.",
    details,
    retryAfterMs: 5,
    iamCode: IAM_CODES[code],
  });
});

it.each([
  new MfaInputError("invalid-request", "a"),
  new SeedFileError("malformed", "b"),
  new OtpError("malformed-code", "c"),
  new RangeError("d"),
])("$name keeps its class", async (error) => {
  const received = failureOf(() =>
    valueOf(structuredClone({ ok: false as const, error: encodeError(error) })),
  );
  expect(received).toBeInstanceOf(error.constructor);
  expect(received.message).toBe(error.message);
  if ("code" in error) expect(received).toMatchObject({ code: error.code });
});

it("a seed file's refusal keeps its details", () => {
  const details = { needs: "password" } as const;
  const error = encodeError(new SeedFileError("key-required", "Enter it.", { details }));
  expect(failureOf(() => valueOf(structuredClone({ ok: false as const, error })))).toMatchObject({ details });
});

it("an abort stays one", () => {
  const received = failureOf(() =>
    valueOf({ ok: false, error: encodeError(new DOMException("x", "AbortError")) }),
  );
  expect(received.name).toBe("AbortError");
});

it("a fault of ours crosses without its message, which may quote data", () => {
  const wire = encodeError(new TypeError("secret 123456"));
  expect(JSON.stringify(wire)).not.toContain("123456");
  expect(failureOf(() => valueOf({ ok: false, error: wire }))).toMatchObject({ code: "worker-lost" });
});

it("a value passes", async () => {
  expect(valueOf(await asOutcome(() => Promise.resolve(7)))).toBe(7);
});

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("an error was expected");
}
