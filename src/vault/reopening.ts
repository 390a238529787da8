import { VaultError } from "./errors.ts";

/** Milliseconds before each new try: the browser's own storage process may be starting anew. */
const PAUSES_MS = [50, 200, 800] as const;

/**
 * Opens, and tries again where the browser's store fails for a reason of its own ("Internal error opening backing store"):
 * three times, each later than the one before. Rejects with `store-corrupt` after that. Nothing is ever deleted: what cannot
 * be read now may be readable after the browser was started anew.
 */
export async function openPatiently<T>(open: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await open();
    } catch (error) {
      if (!isStoreFault(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  try {
    return await open();
  } catch (error) {
    if (!isStoreFault(error)) throw error;
    throw new VaultError(
      "store-corrupt",
      "The browser could not open the stored data. Nothing was deleted: restart the browser, then try again.",
      { cause: error },
    );
  }
}

/**
 * True for what a connection says that the browser has closed, or is about to: no use of it will ever succeed, another
 * connection may. (A read that fails on a healthy one says something else, and is not a reason to drop it.)
 */
export function isLostConnection(error: unknown): boolean {
  return error instanceof DOMException && error.name === "InvalidStateError";
}

/** `AbortError`: the upgrade was cut off. It is one transaction, so that it can be made again. */
function isStoreFault(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "UnknownError" || error.name === "AbortError");
}
