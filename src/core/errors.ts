/**
 * The base of every error a caller may meet. Code switches on `code`, which is stable and comes from a closed set of the
 * subclass; `message` is a plain English sentence without secrets; `cause` keeps what happened underneath.
 */
export abstract class OathError extends Error {
  abstract readonly code: string;
}

/** True for the reason of an aborted `AbortSignal`, whatever realm made it. */
export function isAbortError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === "AbortError";
}
