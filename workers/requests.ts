import { wipe } from "../src/core/bytes.ts";
import { MfaInputError } from "../src/mfa/errors.ts";
import {
  LONGEST_LABEL,
  type SeedChoice,
  type SeedFilter,
  type SeedPageQuery,
  type SeedQuery,
} from "../src/mfa/local-contract.ts";
import { CREDENTIAL_ID, PRF_BYTES } from "../src/vault/passkey-slot.ts";
import type { WirePasskey, WireRetired } from "./contract.ts";
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

/** Rows of a page at the most: what a screen shows many times over. */
const MOST_PAGE_ROWS = 1_000;

export function requirePageQuery(query: SeedPageQuery): SeedPageQuery {
  const { listId, wait, limit = 0 } = requireObject(query);
  requireQuery(query);
  const isQuery =
    (listId === undefined || typeof listId === "string") &&
    (wait === undefined || typeof wait === "boolean") &&
    limit <= MOST_PAGE_ROWS;
  if (isQuery) return query;
  throw new MfaInputError("invalid-request", `A page has ${MOST_PAGE_ROWS} rows at the most.`);
}

/** Serial numbers of a choice at the most. */
const MOST_CHOSEN = 1_000_000;

/** A choice, of which it is told whether it is a filter by its `except`. */
export function requireChoice(
  choice: SeedChoice,
): readonly string[] | (SeedFilter & { readonly except: readonly string[] }) {
  if (Array.isArray(choice)) return requireTexts(choice);
  const {
    text,
    assigned,
    except = [],
  } = requireObject(choice as SeedFilter & { except?: readonly string[] });
  requireQuery({ ...(text !== undefined && { text }), ...(assigned !== undefined && { assigned }) });
  return {
    ...(text !== undefined && { text }),
    ...(assigned !== undefined && { assigned }),
    except: requireTexts(except),
  };
}

/** A label without blanks around it; empty for none. */
export function requireLabel(label: unknown): string {
  const text = typeof label === "string" ? label.trim() : null;
  if (text === null || Array.from(text).length > LONGEST_LABEL || UNSEEN.test(text)) {
    throw new MfaInputError("invalid-request", `A label is one line of up to ${LONGEST_LABEL} characters.`);
  }
  return text;
}

/** Controls, line ends and marks that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

export function requireSerial(serialNumber: unknown): string {
  if (isText(serialNumber) && serialNumber.trim() !== "") return serialNumber.trim();
  throw new MfaInputError("invalid-request", "A token is named by its serial number.");
}

export function requireRetired(tokens: WireRetired): readonly string[] | { readonly retireId: string } {
  if (Array.isArray(tokens)) return requireTexts(tokens);
  const { retireId } = requireObject(tokens as { readonly retireId: string });
  if (isText(retireId)) return { retireId };
  throw new MfaInputError("invalid-request", "Retired tokens are named by their serial numbers.");
}

function requireTexts(texts: unknown): readonly string[] {
  const areTexts = Array.isArray(texts) && texts.length <= MOST_CHOSEN && texts.every(isText);
  if (!areTexts) throw new MfaInputError("invalid-request", "Tokens are named by their serial numbers.");
  return texts;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
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

/** Longest name of a passkey, in characters. */
const LONGEST_NAME = 64;

/** A passkey the page had made, its name without blanks around it. */
export function requirePasskey(passkey: WirePasskey): WirePasskey {
  const { id, name, salt, prfOutput } = requireObject(passkey);
  const trimmed = typeof name === "string" ? name.trim() : "";
  const length = Array.from(trimmed).length;
  const isPasskey = length >= 1 && length <= LONGEST_NAME && isBytes(salt, PRF_BYTES);
  if (!isPasskey) {
    throw new MfaInputError("invalid-request", `A passkey has a name of 1 to ${LONGEST_NAME} characters.`);
  }
  return {
    id: requireCredentialId(id),
    name: trimmed,
    salt,
    prfOutput: requirePrfOutput(prfOutput),
  };
}

export function requireCredentialId(id: unknown): string {
  if (typeof id !== "string" || !CREDENTIAL_ID.test(id)) {
    throw new MfaInputError("invalid-request", "A passkey is named by its credential id in base64url.");
  }
  return id;
}

export function requirePrfOutput(prfOutput: unknown): Uint8Array<ArrayBuffer> {
  if (!isBytes(prfOutput, PRF_BYTES)) {
    throw new MfaInputError("invalid-request", `A passkey gives ${PRF_BYTES} bytes.`);
  }
  return prfOutput;
}

function isBytes(value: unknown, length: number): value is Uint8Array<ArrayBuffer> {
  return isUint8Array(value) && value.length === length;
}

function isUint8Array(value: unknown): value is Uint8Array<ArrayBuffer> {
  return Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** Wipes bytes that crossed to the worker: they are a copy of the page's, and nobody else's. */
export function wipeCopy(value: unknown): void {
  if (isUint8Array(value)) wipe(value);
}

/** Throws `MfaInputError` `invalid-request` for anything but a file. */
export function requireBlob(value: unknown): Blob {
  if (value instanceof Blob) return value;
  throw new MfaInputError("invalid-request", "A backup is given as a file.");
}
