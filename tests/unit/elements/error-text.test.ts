import { describe, expect, it } from "vitest";
import { englishErrors, englishInputErrors, englishReasons } from "../../../src/elements/error-messages.ts";
import { placeOfError } from "../../../src/elements/error-place.ts";
import { errorText, type TokenFacts } from "../../../src/elements/error-text.ts";
import { englishMessages, withOverrides } from "../../../src/elements/messages.ts";
import {
  IAM_CODES,
  MfaError,
  type MfaErrorCode,
  type MfaErrorReason,
  MfaInputError,
  type MfaInputErrorCode,
} from "../../../src/mfa/errors.ts";

const TOKEN: TokenFacts = { digits: 6, periodSeconds: 30, nowMs: 18_000 };
const codes = Object.keys(IAM_CODES) as MfaErrorCode[];
const reasons = Object.keys(englishReasons) as MfaErrorReason[];
const inputCodes = Object.keys(englishInputErrors) as MfaInputErrorCode[];

const say = (error: unknown, token: TokenFacts = TOKEN) => errorText(error, englishMessages, token);
const refused = (code: MfaErrorCode, details = {}) => new MfaError(code, "internal detail", { details });

describe("every text", () => {
  const texts = [
    ...codes.map((code) => say(refused(code))),
    ...reasons.map((reason) => say(refused("codes-not-consecutive", { reason }))),
    ...inputCodes.map((code) => say(new MfaInputError(code, "internal detail"))),
    say(refused("device-exists", { taken: "device-name" })),
    say(new Error("internal detail")),
  ];

  it.each(texts)("is short, kind and says what to do: %s", (text) => {
    expect(text).toMatch(/^[A-Z]/u);
    expect(text).not.toMatch(/internal detail|invalid|please|oops|undefined|null|NaN/iu);
    expect(text.split(/[.?!](?:\s|$)/u).filter(Boolean).length).toBeLessThanOrEqual(2);
  });

  it("is another for every code", () => {
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("stands in the catalogue for every code", () => {
    expect(Object.keys(englishErrors).toSorted()).toEqual(codes.toSorted());
  });
});

it("says how long the wait is", () => {
  expect(say(refused("code-already-used"))).toBe(
    "This code was already used. The next one appears in about 12 s.",
  );
  expect(say(refused("too-many-attempts", { retryAfterMs: 75_000 }))).toContain("1 min 15 s");
});

it("asks for a reload where the worker was lost, for it does not come back by itself", () => {
  expect(say(refused("worker-lost"))).toBe(
    "The check stopped before it was finished. Try again with a new code.",
  );
});

it("speaks of the button where the next code comes by a press", () => {
  expect(say(refused("same-code-twice"), { ...TOKEN, counterBased: true })).toContain("button");
});

it("takes single texts of another language", () => {
  const text = withOverrides({ errors: { busy: () => "Momentan beschäftigt." }, next: "Weiter" });

  expect(errorText(refused("busy"), text, TOKEN)).toBe("Momentan beschäftigt.");
  expect(text.next).toBe("Weiter");
  expect(errorText(refused("locked"), text, TOKEN)).toBe(say(refused("locked")));
});

it.each([
  [refused("unknown-serial"), "serial"],
  [refused("device-exists", { taken: "serial-number" }), "serial"],
  [refused("device-exists", { taken: "device-name" }), "name"],
  [new MfaInputError("invalid-device-name", ""), "name"],
  [new MfaInputError("invalid-request", ""), "top"],
  [refused("same-code-twice"), "second-code"],
  [refused("code-already-used"), "codes"],
  [refused("too-many-attempts"), "wait"],
  [refused("vault-locked"), "top"],
  [new Error("other"), "top"],
])("knows where %o belongs", (error, place) => {
  expect(placeOfError(error)).toBe(place);
});
