import type { ImportReport } from "../mfa/local-contract.ts";
import { formatCsv } from "../core/csv-text.ts";
import type { InventoryMessages } from "./inventory-messages.ts";

/**
 * The whole report as CSV: each row left out, then each token that was known. Neither holds a secret. The head and the
 * codes are the same in every language, for programs.
 */
export function inventoryReportCsv({ skipped, duplicates }: ImportReport, text: InventoryMessages): string {
  return formatCsv([
    ["row", "serial", "code", "message"],
    ...skipped.map(({ row, serialNumber = "", code, message }) => [
      String(row),
      serialNumber,
      code,
      text.problems[code] ?? message,
    ]),
    ...duplicates.map(({ serialNumber, outcome }) => [
      "",
      serialNumber,
      outcome,
      text.duplicateOutcome[outcome],
    ]),
  ]);
}
