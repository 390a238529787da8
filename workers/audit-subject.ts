import type { AuditEntry } from "../src/vault/audit-entry.ts";
import type { DeviceRecord } from "../src/vault/records.ts";
import type { TokenStore } from "../src/vault/token-store.ts";
import { requireUserKey } from "../src/mfa/names.ts";
import type { Outcome } from "./contract.ts";

/** What of a request names a user and a token. It comes from the page, so that nothing of it is sure. */
export interface AuditedRequest {
  /** Missing where the call is about a token only. */
  readonly userName?: unknown;
  readonly serialNumber?: unknown;
}

type Subject = Pick<AuditEntry, "userName" | "serialNumber">;

/** No serial number is longer, blanks included. */
const LONGEST_TEXT = 512;

/**
 * Whom and which token a call was about, for the audit log. After a success the call itself has looked at both. Else they are
 * told only where the vault knows them: what was typed may be a code or a secret in the wrong field.
 */
export async function involvedIn(
  request: AuditedRequest,
  outcome: Outcome<unknown>,
  store: TokenStore,
): Promise<Subject> {
  const named = outcome.ok ? namedBy(outcome.value) : undefined;
  if (named) return named;
  if (typeof request !== "object" || request === null) return {};
  const userKey = userKeyOf(request.userName);
  const devices = userKey === null ? [] : await store.devicesOf(userKey);
  const typed = typeof request.userName === "string" && outcome.ok ? request.userName : undefined;
  const userName = devices[0]?.userName ?? typed;
  const serialNumber =
    request.serialNumber === undefined ? onlyOf(devices) : await knownSerial(request.serialNumber, store);
  return { ...(userName !== undefined && { userName }), ...(serialNumber !== undefined && { serialNumber }) };
}

/** A user with one device need not say which. */
function onlyOf(devices: readonly DeviceRecord[]): string | undefined {
  return devices.length === 1 ? devices[0]?.serialNumber : undefined;
}

/** A device, or a code that was accepted, names both; of several devices asked that is the one. */
function namedBy(value: unknown): Subject | undefined {
  const { userName, serialNumber } = (value ?? {}) as { readonly [K in keyof Subject]?: unknown };
  if (typeof userName !== "string" || typeof serialNumber !== "string") return undefined;
  return { userName, serialNumber };
}

async function knownSerial(typed: unknown, store: TokenStore): Promise<string | undefined> {
  if (typeof typed !== "string" || typed.length > LONGEST_TEXT || typed.trim() === "") return undefined;
  return (await store.findSerialNumber(typed.trim())) ?? undefined;
}

function userKeyOf(userName: unknown): string | null {
  try {
    return requireUserKey(userName);
  } catch {
    return null;
  }
}
