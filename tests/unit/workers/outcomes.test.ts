import { describe, expect, it } from "vitest";
import { MfaError, MfaInputError } from "../../../src/mfa/errors.ts";
import { asOutcome, encodeError } from "../../../workers/outcomes.ts";

const CANARY = "JBSWY3DPEHPK3PXP";

describe("outcomes", () => {
  it("W4 an error of ours crosses by its code, without stack and cause", () => {
    const error = new MfaError("too-many-attempts", "Wait.", {
      cause: new Error(CANARY),
      details: { retryAfterMs: 5 },
    });
    const wire = encodeError(error);
    expect(wire).toEqual({
      name: "MfaError",
      code: "too-many-attempts",
      message: "Wait.",
      details: { retryAfterMs: 5 },
    });
    expect(JSON.stringify(wire)).not.toContain(CANARY);
  });

  const foreign: Record<string, unknown> = {
    "a type error": new TypeError(CANARY),
    "an exception of the browser": new DOMException(CANARY, "UnknownError"),
    "a syntax error": new SyntaxError(CANARY),
    "a text": CANARY,
    "an object that looks like ours": {
      name: "MfaError",
      code: CANARY,
      message: CANARY,
      details: { CANARY },
    },
    nothing: undefined,
  };
  it.each(Object.entries(foreign))("W4 of %s nothing crosses but that it happened", async (_, thrown) => {
    // eslint-disable-next-line typescript/only-throw-error -- that is the point
    const outcome = await asOutcome(() => Promise.reject(thrown));
    expect(outcome).toEqual({
      ok: false,
      error: { name: "Error", code: "internal", message: "The worker met an internal fault.", details: {} },
    });
  });

  it("W4 a call that throws before it has a promise answers all the same", async () => {
    const outcome = await asOutcome(() => {
      throw new MfaInputError("invalid-request", "Options are an object.");
    });
    expect(outcome).toMatchObject({ ok: false, error: { name: "MfaInputError", code: "invalid-request" } });
  });

  it("W4 a cancelled call has a code of its own", () => {
    const error = encodeError(new DOMException("stop", "AbortError"));
    expect(error).toMatchObject({ name: "AbortError", code: "aborted" });
  });
});
