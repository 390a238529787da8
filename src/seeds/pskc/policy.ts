import { RowProblem } from "../row-problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { children, findAttribute, findChild, findText, isPskc } from "./elements.ts";
import { parseDateTime } from "./date-time.ts";

/** What of Policy this program understands and obeys (RFC 6030 section 5). NumberOfTransactions is not among it. */
const KNOWN: readonly string[] = ["StartDate", "ExpiryDate", "PINPolicy", "KeyUsage"];

/**
 * Refuses a key whose policy forbids one-time passwords or says what is not understood: it "MUST NOT" be used then (RFC
 * 6030 section 5). Throws {@link RowProblem} `unsupported-policy`.
 */
export function requirePolicy(key: XmlElement): void {
  for (const policy of children(key, "Policy")) {
    const unknown = policy.children.some((child) => !KNOWN.includes(child.name) || !isPskc(child, policy));
    if (unknown || policy.attributes.length > 0) {
      throw refusal("The key's Policy sets a condition that cannot be obeyed here, so it must not be used.");
    }
    const usages = children(policy, "KeyUsage").map((usage) => usage.text.trim().toUpperCase());
    if (usages.length > 0 && !usages.includes("OTP")) {
      throw refusal("The key's Policy does not allow one-time passwords (KeyUsage).");
    }
    // RFC 6030 section 5: with this mode the PIN enters the computation of the code.
    const pinModes = children(policy, "PINPolicy").map((pin) => findAttribute(pin, "PINUsageMode"));
    if (pinModes.some((mode) => mode?.toLowerCase() === "algorithmic")) {
      throw refusal("The token computes its codes with a PIN (PINUsageMode).");
    }
  }
}

/** The dates of Policy, else those of the device. Throws {@link RowProblem} `bad-date`. */
export function readValidity(
  key: XmlElement,
  device: XmlElement | null,
): { validFromMs?: number; validUntilMs?: number } {
  const policy = findChild(key, "Policy");
  const from = findText(policy, "StartDate") ?? findText(device, "StartDate");
  const until = findText(policy, "ExpiryDate") ?? findText(device, "ExpiryDate");
  return {
    ...(from === null ? {} : { validFromMs: parseDateTime(from) }),
    ...(until === null ? {} : { validUntilMs: parseDateTime(until) }),
  };
}

function refusal(sentence: string): RowProblem {
  return new RowProblem("unsupported-policy", `${sentence} Ask the sender whether another file can be had.`);
}
