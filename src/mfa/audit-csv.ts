import { formatCsv } from "../core/csv-text.ts";
import type { AuditEntry } from "../vault/audit-entry.ts";

/** The audit log as CSV: one line an entry, oldest first, times in UTC (ISO 8601). A cell never is a formula. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  return formatCsv([
    ["id", "time", "action", "outcome", "user", "serial", "details"],
    ...entries.map(({ id, atMs, action, outcome, userName = "", serialNumber = "", details = {} }) => [
      String(id),
      new Date(atMs).toISOString(),
      action,
      outcome,
      userName,
      serialNumber,
      Object.entries(details)
        .map(([name, value]) => `${name}=${value}`)
        .join("; "),
    ]),
  ]);
}
