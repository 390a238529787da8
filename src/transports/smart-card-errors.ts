import type { BridgeErrorCode } from "../core/bridge-error.ts";

const TAKEN_OUT = ["unplugged", "The token was taken out. Plug it in again, then retry."] as const;
const SHARED = [
  "device-in-use",
  "Another program is using the token. Close it there, then try again.",
] as const;
const MUTE = ["malformed-answer", "The token does not respond as a smart card. Plug it in again."] as const;
const NO_SERVICE = [
  "not-supported",
  "The system's smart card service is not running. Install or start the Smart Card Connector, then retry.",
] as const;

/** `SmartCardError.responseCode` (Web Smart Card API, SmartCardResponseCode). */
export const SMART_CARD_PROBLEMS: Readonly<Record<string, readonly [BridgeErrorCode, string]>> = {
  "no-service": NO_SERVICE,
  "system-cancelled": NO_SERVICE,
  "no-smartcard": TAKEN_OUT,
  "removed-card": TAKEN_OUT,
  "reader-unavailable": TAKEN_OUT,
  "unknown-reader": TAKEN_OUT,
  "sharing-violation": SHARED,
  "server-too-busy": SHARED,
  "not-ready": SHARED,
  // Another program reset the card, or ended our transaction.
  "reset-card": SHARED,
  "not-transacted": SHARED,
  "unpowered-card": MUTE,
  "unresponsive-card": MUTE,
  "unsupported-card": MUTE,
  "proto-mismatch": MUTE,
  "unsupported-feature": MUTE,
};

/** The response code of a `SmartCardError`; null for any other exception. */
export function findResponseCode(error: DOMException): string | null {
  return "responseCode" in error && typeof error.responseCode === "string" ? error.responseCode : null;
}
