import { wipe } from "../src/core/bytes.ts";
import { MfaInputError } from "../src/mfa/errors.ts";
import type { SeedQuery } from "../src/mfa/local-contract.ts";
import { AUDIT_LIMIT, type AuditQuery } from "../src/vault/audit-entry.ts";

/** NIST SP 800-63B section 3.1.1: eight characters at the least, where a person chooses them. */
const SHORTEST_PASSPHRASE = 8;

/** What the page sends is checked here: types do not cross. Each throws `MfaInputError`. */
export function requireObject<T extends object>(value: T): T {
  if (typeof value !== "object" || value === null) {
    throw new MfaInputError("invalid-request", "Options are an object.");
  }
  return value;
}

export function requireQuery(query: SeedQuery): SeedQuery {
  const { text, assigned, offset = 0, limit = 0 } = requireObject(query);
  const isQuery =
    (text === undefined || typeof text === "string") &&
    (assigned === undefined || typeof assigned === "boolean") &&
    [offset, limit].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!isQuery) throw new MfaInputError("invalid-request", "A query has a text, a state and whole numbers.");
  return query;
}

export function requireAuditQuery(query: AuditQuery): AuditQuery {
  const {
    limit = AUDIT_LIMIT.default,
    beforeId = 1,
    serialNumber = "",
    userName = "",
  } = requireObject(query);
  const isQuery =
    [limit, beforeId].every((count) => Number.isSafeInteger(count) && count >= AUDIT_LIMIT.least) &&
    limit <= AUDIT_LIMIT.most &&
    [serialNumber, userName].every((text) => typeof text === "string");
  if (isQuery) return query;
  throw new MfaInputError(
    "invalid-request",
    `A query has a limit of ${AUDIT_LIMIT.least} to ${AUDIT_LIMIT.most}, a whole number and texts.`,
  );
}

export function requireText(passphrase: unknown): string {
  if (typeof passphrase !== "string") {
    throw new MfaInputError("invalid-request", "A passphrase is a text.");
  }
  return passphrase;
}

export function requirePassphrase(passphrase: unknown): string {
  const text = requireText(passphrase);
  if (Array.from(text).length < SHORTEST_PASSPHRASE) {
    throw new MfaInputError("weak-passphrase", `A passphrase has ${SHORTEST_PASSPHRASE} characters or more.`);
  }
  return text;
}

/** Wipes bytes that crossed to the worker: they are a copy of the page's, and nobody else's. */
export function wipeCopy(value: unknown): void {
  if (Object.prototype.toString.call(value) === "[object Uint8Array]") wipe(value as Uint8Array<ArrayBuffer>);
}
