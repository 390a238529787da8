import type { Bytes } from "../core/bytes.ts";

// Sources: "YKOATH protocol", Yubico (developers.yubico.com/OATH/YKOATH_Protocol.html); where a maker differs, canokey-core
// `include/oath.h` and pico-fido `src/fido/oath.c`.

/** Application identifier of the OATH applet. All seven bytes are needed: a CanoKey does not take a shorter one. */
export const OATH_AID: Bytes = Uint8Array.of(0xa0, 0x00, 0x00, 0x05, 0x27, 0x21, 0x01);

/** Instructions of the OATH applet. */
export const INS = {
  PUT: 0x01,
  DELETE: 0x02,
  SET_CODE: 0x03,
  RESET: 0x04,
  RENAME: 0x05,
  LIST: 0xa1,
  CALCULATE: 0xa2,
  VALIDATE: 0xa3,
  /** The same number as SELECT; P1 tells them apart. */
  CALCULATE_ALL: 0xa4,
  SEND_REMAINING: 0xa5,
  /** ISO 7816-4 section 11.1.1, with P1 = 04: by application identifier. */
  SELECT: 0xa4,
  /** ISO 7816-4 section 11.5.1: how Pico keys hand over the rest of an answer. */
  GET_RESPONSE: 0xc0,
} as const;

/** CanoKey firmware before 1.5.2 has these numbers, which mean SET CODE, RESET and RENAME everywhere else. */
export const LEGACY_INS = { LIST: 0x03, CALCULATE: 0x04, CALCULATE_ALL: 0x05, SEND_REMAINING: 0x06 } as const;

/** Values of P1 and P2 that are not 00. */
export const PARAMETER = {
  SELECT_P1_BY_NAME: 0x04,
  RESET_P1: 0xde,
  RESET_P2: 0xad,
  /** CALCULATE and CALCULATE ALL, P2: the whole HMAC, or the four bytes of dynamic truncation. */
  P2_FULL: 0x00,
  P2_TRUNCATED: 0x01,
} as const;

/** Tags of the OATH applet. */
export const TAG = {
  /** Credential name; in SELECT's answer the id of the applet, which salts the password. */
  NAME: 0x71,
  NAME_LIST: 0x72,
  KEY: 0x73,
  CHALLENGE: 0x74,
  /** A whole HMAC; in the LIST of old CanoKeys the type byte and the digits. */
  RESPONSE: 0x75,
  TRUNCATED_RESPONSE: 0x76,
  /** HOTP: calculated only when asked for singly, for the counter moves. */
  NO_RESPONSE: 0x77,
  /** Followed by its one byte of value, without a length byte. */
  PROPERTY: 0x78,
  VERSION: 0x79,
  /** Initial moving factor of an HOTP credential, four bytes. */
  COUNTER: 0x7a,
  ALGORITHM: 0x7b,
  TOUCH: 0x7c,
  /** Trussed tokens and Pico keys in Nitrokey mode: tries left for a PIN. */
  PIN_RETRIES: 0x82,
} as const;

/** Bits of the property byte. */
export const PROPERTY = { INCREASING_ONLY: 0x01, TOUCH: 0x02 } as const;

/** High nibble of the type byte. */
export const TYPE = { hotp: 0x10, totp: 0x20 } as const;

/** Low nibble of the type byte. */
export const ALGORITHM = { SHA1: 0x01, SHA256: 0x02, SHA512: 0x03 } as const;

/** What every known token takes, after canokey-core `include/oath.h` and the YKOATH protocol. */
export const LIMITS = {
  NAME_BYTES: 64,
  SECRET_BYTES: 64,
  DIGITS_LEAST: 4,
  DIGITS_MOST: 8,
  COUNTER_MOST: 0xffff_ffff,
} as const;

/** The time step that a name does not mention, in seconds. */
export const DEFAULT_PERIOD_SECONDS = 30;
