import { describe, expect, it } from "vitest";
import { BridgeError, type BridgeErrorCode, StatusWordError } from "../../../src/core/bridge-error.ts";
import { bridgeErrorText } from "../../../src/elements/bridge-error-text.ts";
import { englishBridgeErrors } from "../../../src/elements/bridge-messages.ts";
import { englishMessages, withOverrides } from "../../../src/elements/messages.ts";
import { englishTokenMessages } from "../../../src/elements/token-messages.ts";

const codes = Object.keys(englishBridgeErrors) as BridgeErrorCode[];
const say = (error: unknown) => bridgeErrorText(error, englishMessages);

describe("every text about a token", () => {
  const texts = [
    ...codes.map((code) => say(new BridgeError(code, "internal detail"))),
    say(new StatusWordError("internal detail", 0x6a80)),
    say(new Error("internal detail")),
    ...Object.values(englishTokenMessages.secretProblems),
  ];

  it.each(texts)("is short, kind and says what to do: %s", (text) => {
    expect(text).toMatch(/^[A-Z]/u);
    expect(text).not.toMatch(/internal detail|invalid|please|oops|undefined|null|NaN/iu);
    expect(text.split(/[.?!](?:\s|$)/u).filter(Boolean).length).toBeLessThanOrEqual(2);
  });

  it("is another for every code", () => {
    expect(new Set(texts).size).toBe(texts.length);
  });
});

it("names the status word of a refusal", () => {
  expect(say(new StatusWordError("PUT", 0x6a80))).toContain("6a80");
  expect(say(new BridgeError("status-word", ""))).not.toContain("(");
});

it("takes single texts of another language", () => {
  const text = withOverrides({
    bridgeErrors: { timeout: () => "Keine Antwort." },
    token: { unlock: "Entsperren" },
  });

  expect(bridgeErrorText(new BridgeError("timeout", ""), text)).toBe("Keine Antwort.");
  expect(text.token.unlock).toBe("Entsperren");
  expect(text.token.forget).toBe(englishTokenMessages.forget);
});
