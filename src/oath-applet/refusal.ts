import { SW } from "../apdu/status-words.ts";
import { BridgeError, StatusWordError } from "../core/bridge-error.ts";

/** What is known of a command besides its status word; some words mean several things. */
export interface RefusalContext {
  /** What the token was to do, as in "The token refused to …". */
  readonly during: string;
  /** The command names a credential that should be there. */
  readonly namesCredential?: boolean;
  /** The command names a credential that should not be there. */
  readonly namesNewCredential?: boolean;
  /** The token has been waiting for a touch. */
  readonly waitedForTouch?: boolean;
  /** A PIN or password may be what is missing. */
  readonly mayBeLocked?: boolean;
}

/** The error for a status word other than 9000; the plain {@link StatusWordError} unless it has a code of its own. */
export function refusal(sw: number, context: RefusalContext): BridgeError {
  const plain = new StatusWordError(context.during, sw);
  const options = { cause: plain };
  switch (sw) {
    case SW.SECURITY_STATUS_NOT_SATISFIED:
      if (context.waitedForTouch) return touchRequired(plain);
      return context.mayBeLocked
        ? new BridgeError("locked", "The token is locked. Enter its password or PIN first.", options)
        : plain;
    case SW.NO_SUCH_OBJECT:
    case SW.NOT_FOUND:
      return context.namesCredential
        ? new BridgeError(
            "no-credentials",
            "The token no longer has this credential. Read the list again.",
            options,
          )
        : plain;
    case SW.CONDITIONS_NOT_SATISFIED:
      return context.namesNewCredential ? nameTaken() : plain;
    case SW.NOT_ENOUGH_MEMORY:
      return new BridgeError(
        "storage-full",
        "The token has no room for another credential. Delete one first.",
        options,
      );
    default:
      return plain;
  }
}

/** The refusal of a taken name, in the words of a CanoKey, whether the token said so or we looked. */
export function nameTaken(): StatusWordError {
  return new StatusWordError("a second credential of the same name", SW.CONDITIONS_NOT_SATISFIED);
}

/** The refusal of something the applet does not have. It is not sent: its number may mean something else there. */
export function notAvailable(during: string): StatusWordError {
  return new StatusWordError(during, SW.INS_NOT_SUPPORTED);
}

/** The token waited for a touch in vain. */
export function touchRequired(cause: unknown): BridgeError {
  return new BridgeError(
    "touch-required",
    "The token was not touched in time. Try again and touch it when asked.",
    { cause },
  );
}
