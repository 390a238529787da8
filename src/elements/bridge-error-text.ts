import { BridgeError, StatusWordError, TokenInOtherTabError } from "../core/bridge-error.ts";
import type { Messages } from "./messages.ts";

/** What a token's error says to the person. Anything unforeseen gets a text that shows none of its detail. */
export function bridgeErrorText(error: unknown, text: Messages): string {
  if (!(error instanceof BridgeError)) return text.token.unknownError;
  // Its code is `status-word`, but there is more to say; the class itself is part of the bridge, which is loaded late.
  if (error.name === "ClockRefusedError") return text.token.clockRefused;
  if (error instanceof TokenInOtherTabError) return text.token.inOtherTab;
  const status = error instanceof StatusWordError ? error.sw.toString(16).padStart(4, "0") : "";
  return text.bridgeErrors[error.code]({ status });
}
