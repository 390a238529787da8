import type { ObservedCode } from "../mfa/contract.ts";

/** What was read from a token. */
export interface CodeReading {
  /** Consecutive codes, the last of them the current one. */
  readonly codes: readonly ObservedCode[];
  /** Names of the token and of the account on it, as they came from the device. */
  readonly from: { readonly token: string; readonly account: string };
}

/** Reads codes for a field, so that nobody has to type them. */
export interface CodeReader {
  /**
   * Asks the person for what the token needs (a choice, a password, a touch) and gives the current code. Null when they
   * gave up or it failed, which the reader has said itself.
   */
  read(wanted: { readonly digits: number; readonly signal: AbortSignal }): Promise<CodeReading | null>;
}
