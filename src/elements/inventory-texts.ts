import { OathError } from "../core/errors.ts";
import { MfaError, MfaInputError } from "../mfa/errors.ts";
import { errorText } from "./error-text.ts";
import { KeyTextError } from "./import-key-text.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import type { Messages } from "./messages.ts";

/** The words that every part of the inventory writes with. */
export interface InventoryTexts {
  readonly text: InventoryMessages;
  readonly shared: Messages;
  /** A count as the reader's language writes it. */
  readonly number: (count: number) => string;
  readonly errorText: (error: unknown) => string;
}

/** Errors of the file carry a sentence of their own; those of the service have theirs in the shared catalogue. */
export function inventoryTexts(text: InventoryMessages, shared: Messages): InventoryTexts {
  const format = new Intl.NumberFormat(shared.locale);
  return {
    text,
    shared,
    number: (count) => format.format(count),
    errorText: (error) => {
      if (error instanceof KeyTextError) return text.keyProblems[error.problem](error.bytes, error.keyBytes);
      if (error instanceof OathError && !(error instanceof MfaError) && !(error instanceof MfaInputError)) {
        return text.fileErrors[error.code] ?? error.message;
      }
      return errorText(error, shared, { digits: 6, periodSeconds: 30, nowMs: 0 });
    },
  };
}
