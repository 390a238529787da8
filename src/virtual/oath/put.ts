import type { Bytes } from "../../core/bytes.ts";
import { StatusError } from "./answer.ts";
import type { StoredCredential } from "./credential.ts";
import { toBigInt } from "./credential.ts";
import type { OathDialect } from "./dialect.ts";
import { ALGORITHM, KIND, PROPERTY, SW, TAG } from "./tables.ts";

/** Limits of canokey-core, include/oath.h. */
const LIMIT = { NAME: 64, SECRET: 64, DIGITS_LEAST: 4, DIGITS_MOST: 8 } as const;
const KNOWN_PROPERTIES = PROPERTY.INCREASING | PROPERTY.TOUCH;

/** Reads PUT's data. Throws the status word of what is wrong with it. */
export function readPut(dialect: OathDialect, data: Bytes): StoredCredential {
  const fields = dialect.readFields(data);
  const name = fields.require(TAG.NAME);
  if (dialect.isStrict) requireThat(name.length >= 1 && name.length <= LIMIT.NAME);
  const key = fields.require(TAG.KEY);
  const [kind = 0, digits = 0] = key;
  const secret = key.slice(2);
  if (dialect.isStrict) requireKey(key, kind, digits, secret);
  else requireThat(key.length >= 2);
  const properties = fields.property();
  if (dialect.isStrict) requireThat((properties & ~KNOWN_PROPERTIES) === 0);
  const counter = fields.find(TAG.COUNTER);
  if (dialect.isStrict && counter !== null) requireThat((kind & 0xf0) === KIND.HOTP && counter.length === 4);
  fields.end();
  return {
    name,
    kind,
    digits,
    secret,
    properties,
    counter: counter === null ? 0n : toBigInt(counter),
    lastChallenge: 0n,
  };
}

function requireKey(key: Bytes, kind: number, digits: number, secret: Bytes): void {
  if (key.length < 3) throw new StatusError(SW.WRONG_LENGTH);
  requireThat(secret.length <= LIMIT.SECRET);
  const type = kind & 0xf0;
  requireThat((type === KIND.HOTP || type === KIND.TOTP) && (kind & 0x0f) in ALGORITHM);
  requireThat(digits >= LIMIT.DIGITS_LEAST && digits <= LIMIT.DIGITS_MOST);
}

function requireThat(holds: boolean): void {
  if (!holds) throw new StatusError(SW.WRONG_DATA);
}
