import { APDU_LIMITS } from "../apdu/command.ts";
import type { OathAbilities } from "./credential.ts";
import { INS, LEGACY_INS, PARAMETER } from "./instructions.ts";
import type { SelectAnswer } from "./select.ts";

/** Makers whose applets answer to the same identifier and differ in what they do. */
export type TokenFamily = "canokey" | "pico" | "yubikey" | "trussed";

/** How the rest of a long answer is asked for. */
export type PageCommand = "send-remaining" | "get-response";

/** Everything in which applets differ, as data. */
export interface OathDialect {
  readonly family: TokenFamily;
  readonly instructions: {
    readonly list: number;
    readonly calculate: number;
    /** Null where the applet has none. */
    readonly calculateAll: number | null;
    readonly sendRemaining: number;
  };
  /** P2 of CALCULATE for a truncated answer. */
  readonly truncatedP2: number;
  /** CALCULATE can give the whole HMAC, which Steam codes need. */
  readonly givesFullResponse: boolean;
  /** Tried in this order. */
  readonly paging: readonly [PageCommand, ...PageCommand[]];
  /** Le of commands with long answers. */
  readonly pageLe: number;
  /** Bytes of challenge that CALCULATE wants for HOTP; null for no challenge at all. */
  readonly hotpChallengeBytes: number | null;
  /** HOTP: the counter moves before the code is computed, not after. */
  readonly countsBeforeUse: boolean;
  /** The property in PUT has a length byte. */
  readonly propertyHasLength: boolean;
  /** PUT and RENAME answer 6985 to a taken name. Where we are not sure, the list is read first. */
  readonly refusesTakenNames: boolean;
  /** Shorter secrets are padded with zeros, which changes no code (RFC 2104 section 3). */
  readonly leastSecretBytes: number;
  readonly abilities: OathAbilities;
}

const ALL_ABILITIES: OathAbilities = { put: true, delete: true, rename: true, password: true, reset: true };

/** The YKOATH protocol as its author's keys speak it, and what we take an unknown token to speak. */
const YUBIKEY: OathDialect = {
  family: "yubikey",
  instructions: {
    list: INS.LIST,
    calculate: INS.CALCULATE,
    calculateAll: INS.CALCULATE_ALL,
    sendRemaining: INS.SEND_REMAINING,
  },
  truncatedP2: PARAMETER.P2_TRUNCATED,
  givesFullResponse: true,
  paging: ["send-remaining", "get-response"],
  pageLe: APDU_LIMITS.SHORT_LE,
  hotpChallengeBytes: 0,
  countsBeforeUse: false,
  propertyHasLength: false,
  refusesTakenNames: false,
  leastSecretBytes: 14,
  abilities: ALL_ABILITIES,
};

/** CanoKey 1.5.2 – 2.0.x, which calls itself 5.5.5. */
const CANOKEY_5: OathDialect = {
  ...YUBIKEY,
  family: "canokey",
  // Its answer to GET RESPONSE is a status word 0000.
  paging: ["send-remaining"],
  hotpChallengeBytes: null,
  countsBeforeUse: true,
  leastSecretBytes: 1,
  // Its reset is in the admin applet and needs the PIN.
  abilities: { ...ALL_ABILITIES, reset: false },
};

/** CanoKey from 3.0.0 on, which calls itself 6.0.0: recorded in tests/fixtures/apdu. Long answers in a quarter of the pages. */
const CANOKEY_6: OathDialect = {
  ...CANOKEY_5,
  pageLe: APDU_LIMITS.EXTENDED_LE,
  refusesTakenNames: true,
};

/** CanoKey before 1.5.2: SELECT answers with nothing. P2 of CALCULATE must be 00, and the answer is truncated all the same. */
const CANOKEY_LEGACY: OathDialect = {
  ...CANOKEY_5,
  instructions: {
    list: LEGACY_INS.LIST,
    calculate: LEGACY_INS.CALCULATE,
    calculateAll: LEGACY_INS.CALCULATE_ALL,
    sendRemaining: LEGACY_INS.SEND_REMAINING,
  },
  truncatedP2: 0x00,
  givesFullResponse: false,
  propertyHasLength: true,
  // Never sent: their numbers mean LIST, CALCULATE and CALCULATE ALL here.
  abilities: { put: true, delete: true, rename: false, password: false, reset: false },
};

/** Pico FIDO: A5 exists and answers 9000 with nothing, so a listing would end silently; PUT overwrites. */
const PICO: OathDialect = {
  ...YUBIKEY,
  family: "pico",
  paging: ["get-response"],
  hotpChallengeBytes: 8,
  leastSecretBytes: 1,
};

/** Nitrokey 3, Solo 2: a PIN instead of a password, no CALCULATE ALL. */
const TRUSSED: OathDialect = {
  ...YUBIKEY,
  family: "trussed",
  instructions: { ...YUBIKEY.instructions, calculateAll: null },
  leastSecretBytes: 1,
  abilities: { ...ALL_ABILITIES, rename: false, password: false },
};

const RENAME_SINCE = [5, 3, 1];
const PICO_ID_LENGTH = 8;

/** The dialect of an applet, from SELECT's answer and what its connection knows of the token. */
export function chooseDialect(select: SelectAnswer, hint?: TokenFamily): OathDialect {
  switch (hint ?? guessFamily(select)) {
    case "canokey":
      return chooseCanoKey(select.version.join("."));
    case "pico":
      return PICO;
    case "trussed":
      return TRUSSED;
    case "yubikey":
      return { ...YUBIKEY, abilities: { ...ALL_ABILITIES, rename: isAtLeast(select.version, RENAME_SINCE) } };
  }
}

function chooseCanoKey(version: string): OathDialect {
  if (version === "") return CANOKEY_LEGACY;
  return version === "5.5.5" ? CANOKEY_5 : CANOKEY_6;
}

function guessFamily({ version, deviceId }: SelectAnswer): TokenFamily {
  if (["", "5.5.5", "6.0.0"].includes(version.join("."))) return "canokey";
  if (version.length === 4) return "trussed";
  // A Pico's id is the beginning of its serial number as hex digits; everybody else's is random.
  const isText =
    deviceId.length === PICO_ID_LENGTH &&
    deviceId.every((byte) => /[0-9A-F]/iu.test(String.fromCodePoint(byte)));
  return isText ? "pico" : "yubikey";
}

function isAtLeast(version: readonly number[], least: readonly number[]): boolean {
  const difference = least.map((part, index) => (version[index] ?? 0) - part).find((one) => one !== 0);
  return (difference ?? 0) >= 0;
}
