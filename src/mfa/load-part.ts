import { MfaError } from "./errors.ts";

/**
 * Loads a part of our code that most lives of a worker do not need. Rejects with `not-loaded` where it could not be fetched:
 * without it, a network that is gone for a moment would show as an internal fault.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new MfaError(
      "not-loaded",
      "A part of this page could not be loaded. Check the connection, then try again.",
      { cause: error },
    );
  }
}
