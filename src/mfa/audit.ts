/** The audit log as callers see it. */
export {
  AUDIT_ACTIONS,
  MOST_AUDIT_ENTRIES,
  type AuditAction,
  type AuditEntry,
  type AuditQuery,
} from "../vault/audit-entry.ts";
