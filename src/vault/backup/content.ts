import { utf8Bytes, type Bytes } from "../../core/bytes.ts";
import { formatBase64 } from "../../core/text-forms.ts";
import {
  keyOfSerial,
  nameKeyOf,
  type AttemptRecord,
  type DeviceRecord,
  type SealedBytes,
  type SeedRecord,
  type TokenRecord,
} from "../records.ts";
import { damagedBackup } from "./errors.ts";
import { readFields, type FieldReader } from "./field-reader.ts";
import { parseJson, readSealed } from "./file-head.ts";

/**
 * What a backup holds. Its first chunk is the vault's data key, 32 bytes. The chunks after it are lines of UTF-8, each a JSON
 * array of a kind and a record of that store, bytes in base64; seeds are sealed as in the vault.
 */
export type BackupItem =
  | readonly ["stamp", string]
  | readonly ["seed", SeedRecord]
  | readonly ["token", TokenRecord]
  | readonly ["device", DeviceRecord]
  | readonly ["attempts", AttemptRecord];

/** Longest text of a record, in UTF-16 code units: longer than any that the vault takes in. */
const MOST_TEXT = 1024;
const MOST_SECRET_BYTES = 4096;
const MOST_OBSERVATIONS = 1024;
const MOST_RETIRED = 1024;
const MOST = Number.MAX_SAFE_INTEGER;
/** The last moment that a `Date` can hold, in Unix milliseconds. */
const MOST_MOMENT = 8_640_000_000_000_000;

/** A chunk of these items. */
export function formatItems(items: readonly BackupItem[]): Bytes {
  return utf8Bytes(items.map((item) => `${JSON.stringify(item, writeBytes)}\n`).join(""));
}

/** The items of a chunk, each checked field by field. Throws `damaged`. */
export function parseItems(chunk: Bytes): BackupItem[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(chunk);
  } catch (error) {
    throw damagedBackup({ cause: error });
  }
  const lines = text.split("\n");
  if (lines.pop() !== "") throw damagedBackup();
  return lines.map((line) => readItem(parseJson(line)));
}

function writeBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? formatBase64(value as Bytes) : value;
}

function readItem(item: unknown): BackupItem {
  if (!Array.isArray(item) || item.length !== 2) throw damagedBackup();
  const [kind, record] = item as [unknown, unknown];
  switch (kind) {
    case "stamp":
      if (typeof record !== "string" || record.length > 64) throw damagedBackup();
      return [kind, record];
    case "seed":
      return [kind, readFields(record, readSeed)];
    case "token":
      return [kind, readFields(record, readToken)];
    case "device":
      return [kind, readFields(record, readDevice)];
    case "attempts":
      return [kind, readFields(record, readAttempts)];
    default:
      throw damagedBackup();
  }
}

function readFacts(fields: FieldReader) {
  return {
    serialNumber: fields.text("serialNumber", MOST_TEXT),
    type: fields.oneOf("type", ["totp", "hotp"]),
    algorithm: fields.oneOf("algorithm", ["SHA1", "SHA256", "SHA512"]),
    digits: fields.oneOf("digits", [6, 7, 8]),
    periodSeconds: fields.whole("periodSeconds", 1, 31_536_000),
    t0Seconds: fields.number("t0Seconds", -MOST, MOST),
    sealedSecret: sealedSecretOf(fields),
  };
}

function sealedSecretOf(fields: FieldReader): SealedBytes {
  return readFields(fields.value("sealedSecret"), (sealed) => readSealed(sealed, 1, MOST_SECRET_BYTES));
}

/** Keys are made anew: a file could have its records found under others' names. */
function readSeed(fields: FieldReader): SeedRecord {
  const facts = readFacts(fields);
  fields.optional("serialKey", (name) => fields.text(name, MOST_TEXT));
  return {
    ...facts,
    ...keyOfSerial(facts.serialNumber),
    counter: fields.whole("counter", 0, MOST),
    driftSteps: fields.whole("driftSteps", -MOST, MOST),
    ...fields.optional("manufacturer", (name) => fields.text(name, MOST_TEXT, 0)),
    ...fields.optional("model", (name) => fields.text(name, MOST_TEXT, 0)),
    ...fields.optional("label", (name) => fields.text(name, MOST_TEXT)),
    ...fields.optional("validFromMs", (name) => fields.number(name, -MOST, MOST)),
    ...fields.optional("validUntilMs", (name) => fields.number(name, -MOST, MOST)),
  };
}

function readToken(fields: FieldReader): TokenRecord {
  return {
    serialNumber: fields.text("serialNumber", MOST_TEXT),
    lastAcceptedFactor: fields.whole("lastAcceptedFactor", -1, MOST - 1),
    driftSteps: fields.whole("driftSteps", -MOST, MOST),
    syncedDriftSteps: fields.whole("syncedDriftSteps", -MOST, MOST),
    ...fields.optional("lastUsedAtMs", (name) => fields.number(name, 0, MOST)),
    ...fields.optional("needsResync", (name) => fields.boolean(name)),
    ...fields.optional("driftHistory", (name) =>
      fields.list(name, MOST_OBSERVATIONS, (one) =>
        readFields(one, (observation) => ({
          atMs: observation.number("atMs", 0, MOST_MOMENT),
          driftSteps: observation.whole("driftSteps", -MOST, MOST),
        })),
      ),
    ),
    ...fields.optional("retired", (name) =>
      fields.list(name, MOST_RETIRED, (one) =>
        readFields(one, (mark) => ({
          ...readFacts(mark),
          lastAcceptedFactor: mark.whole("lastAcceptedFactor", -1, MOST - 1),
          ...mark.optional("needsResync", (field) => mark.boolean(field)),
        })),
      ),
    ),
  };
}

function readDevice(fields: FieldReader): DeviceRecord {
  const userName = fields.text("userName", MOST_TEXT);
  const deviceName = fields.text("deviceName", MOST_TEXT);
  for (const key of ["userKey", "deviceNameKey"]) fields.text(key, MOST_TEXT);
  return {
    serialNumber: fields.text("serialNumber", MOST_TEXT),
    userKey: nameKeyOf(userName),
    userName,
    deviceName,
    deviceNameKey: nameKeyOf(deviceName),
    enabledAtMs: fields.number("enabledAtMs", 0, MOST_MOMENT),
  };
}

function readAttempts(fields: FieldReader): AttemptRecord {
  const key = fields.text("key", MOST_TEXT);
  // The vault's own waits are not a backup's to set.
  if (!/^(?:user|token):/u.test(key)) throw damagedBackup();
  if (key.startsWith("user:") && key !== nameKeyOf(key)) throw damagedBackup();
  return {
    key,
    failures: fields.whole("failures", 0, MOST),
    lastFailureAtMs: fields.number("lastFailureAtMs", 0, MOST),
    resets: fields.whole("resets", 0, MOST),
    outOfSync: fields.boolean("outOfSync"),
    ...fields.optional("refused", (name) =>
      readFields(fields.value(name), (refused) => ({
        failures: refused.whole("failures", 0, MOST),
        reusedCodes: refused.whole("reusedCodes", 0, MOST),
        lastAtMs: refused.number("lastAtMs", 0, MOST_MOMENT),
      })),
    ),
  };
}
