/**
 * What the OATH applet's bytes mean: YKOATH protocol (Yubico), with the values canokey-core and pico-fido share.
 * Written apart from the client's tables on purpose: a model that shared them would share their mistakes.
 */
export const TAG = {
  NAME: 0x71,
  NAME_LIST: 0x72,
  KEY: 0x73,
  CHALLENGE: 0x74,
  FULL_RESPONSE: 0x75,
  TRUNCATED_RESPONSE: 0x76,
  NO_RESPONSE: 0x77,
  PROPERTY: 0x78,
  VERSION: 0x79,
  COUNTER: 0x7a,
  ALGORITHM: 0x7b,
  TOUCH_RESPONSE: 0x7c,
} as const;

/** Status words, ISO 7816-4 table 6, as the firmwares use them. */
export const SW = {
  OK: 0x9000,
  MORE: 0x61ff,
  BUSY: 0x6400,
  WRONG_LENGTH: 0x6700,
  SECURITY_STATUS: 0x6982,
  PIN_BLOCKED: 0x6983,
  DATA_INVALID: 0x6984,
  CONDITIONS: 0x6985,
  WRONG_DATA: 0x6a80,
  NOT_FOUND: 0x6a82,
  FULL: 0x6a84,
  WRONG_P1P2: 0x6a86,
  UNKNOWN_INSTRUCTION: 0x6d00,
  WRONG_CLASS: 0x6e00,
  EXECUTION: 0x6f00,
} as const;

/** High half of the byte that begins a key: what kind of code. */
export const KIND = { HOTP: 0x10, TOTP: 0x20 } as const;

/** Low half of it: the hash. */
export const ALGORITHM = { 1: "SHA-1", 2: "SHA-256", 3: "SHA-512" } as const;

/** Bits of the property byte. */
export const PROPERTY = { INCREASING: 0x01, TOUCH: 0x02 } as const;

/** SELECT, ISO 7816-4 section 11.1.1. */
export const INS_SELECT = 0xa4;
/** P1 of SELECT: by application identifier. */
export const BY_NAME = 0x04;

/** The OATH applet's application identifier. */
export const OATH_AID = [0xa0, 0x00, 0x00, 0x05, 0x27, 0x21, 0x01] as const;
