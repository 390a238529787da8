import { type Bytes, utf8Bytes } from "../../core/bytes.ts";
import type { StoredCredential } from "./credential.ts";
import type { OathDialect } from "./dialect.ts";
import { KIND, PROPERTY } from "./tables.ts";

/** An account to put into a virtual token from outside, past its protocol. */
export interface VirtualAccount {
  /** The credential's whole name, as `issuer:account` or `60/issuer:account`. */
  readonly name: string;
  readonly type: "totp" | "hotp";
  readonly algorithm: "SHA1" | "SHA256" | "SHA512";
  readonly digits: number;
  readonly secret: Bytes;
  /** HOTP: the counter of the next code; a CanoKey cannot show counter 0. */
  readonly nextCounter?: number;
  readonly needsTouch?: boolean;
  /** Refuses to go back to an earlier challenge. */
  readonly isIncreasing?: boolean;
}

const ALGORITHM_NUMBER = { SHA1: 1, SHA256: 2, SHA512: 3 } as const;

/** The account as the token of a dialect keeps it. */
export function toStoredCredential(account: VirtualAccount, dialect: OathDialect): StoredCredential {
  const { nextCounter = dialect.countsFirst ? 1 : 0 } = account;
  const counter = dialect.countsFirst ? nextCounter - 1 : nextCounter;
  if (counter < 0) throw new RangeError("this token cannot show counter 0");
  return {
    name: utf8Bytes(account.name),
    kind: (account.type === "totp" ? KIND.TOTP : KIND.HOTP) | ALGORITHM_NUMBER[account.algorithm],
    digits: account.digits,
    secret: account.secret.slice(),
    properties:
      (account.needsTouch === true ? PROPERTY.TOUCH : 0) |
      (account.isIncreasing === true ? PROPERTY.INCREASING : 0),
    counter: BigInt(counter),
    lastChallenge: 0n,
  };
}
