import { BridgeError, StatusWordError } from "../core/bridge-error.ts";
import { COMMAND_STATUS } from "./commands.ts";
import type { ResponseReport } from "./report.ts";

/**
 * The token keeps a later time than the one asked for, or has never had any, and nobody allowed to set it. Its code is
 * `status-word`, for the token refused.
 */
export class ClockRefusedError extends BridgeError {
  override readonly name = "ClockRefusedError";
  readonly sw: number = COMMAND_STATUS.TIMESTAMP_WARNING;

  constructor() {
    super(
      "status-word",
      "The token's clock is ahead of this computer's, or was never set. Check the computer's time, then allow setting the token's.",
    );
  }
}

/** Throws what a command's status means; `during` completes “The token refused …”. */
export function requireOk(during: string, response: ResponseReport): void {
  switch (response.commandStatus) {
    case COMMAND_STATUS.OK:
      return;
    case COMMAND_STATUS.SLOT_NOT_PROGRAMMED:
      throw new BridgeError(
        "no-credentials",
        "That slot of the token is empty. Read the token's list again.",
      );
    case COMMAND_STATUS.WRONG_PASSWORD:
      throw new BridgeError("wrong-password", "The token refused the PIN. Type it again.");
    case COMMAND_STATUS.NOT_AUTHORIZED:
      throw new BridgeError(
        "locked",
        "The token gives out codes only against its user PIN. Type the PIN first.",
      );
    case COMMAND_STATUS.NOT_SUPPORTED:
    case COMMAND_STATUS.UNKNOWN_COMMAND:
      throw new BridgeError(
        "not-supported",
        `The token's firmware cannot do this: ${during}. Update its firmware.`,
      );
    default:
      throw new StatusWordError(during, response.commandStatus);
  }
}
