import type { Refusal } from "./code-draft.ts";
import type { Messages } from "./messages.ts";

/** Why something was not taken into a code field, in words; empty where there is nothing to say. */
export function refusalText(refusal: Refusal | null, digits: number, text: Messages): string {
  switch (refusal) {
    case null:
      return "";
    case "not-a-digit":
      return text.lettersRefused;
    case "too-long":
      return text.digitsRefused(digits);
    case "too-short":
      return text.codeFormat(digits);
    case "yubico-otp":
      return text.token.yubicoOtp;
  }
}
