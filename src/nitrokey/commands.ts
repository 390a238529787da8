/** Layout of a 64-byte feature report. Source: nitrokey-pro-firmware, src/inc/report_protocol.h. */
export const REPORT = {
  LENGTH: 64,
  /** Bytes after the command, before the CRC. */
  PAYLOAD_MAX: 59,
  /** Both directions end in a CRC over everything before it. */
  CRC_OFFSET: 60,
  /** Bytes of an answer between its command status and its CRC. */
  RESULT_LENGTH: 53,
} as const;

/** Commands that read codes. Those that write slots or change PINs are left out. Source: as {@link REPORT}. */
export const COMMAND = {
  GET_STATUS: 0x00,
  READ_SLOT_NAME: 0x02,
  READ_SLOT: 0x03,
  GET_CODE: 0x04,
  SET_TIME: 0x0b,
  USER_AUTHENTICATE: 0x0e,
  GET_USER_PIN_RETRIES: 0x0f,
} as const;

/** First byte of an answer: what the device is doing. Source: as {@link REPORT}. */
export const DEVICE_STATUS = { READY: 0, BUSY: 1, ERROR: 2, RECEIVED: 3 } as const;

/** How the last command ended. Source: as {@link REPORT}. */
export const COMMAND_STATUS = {
  OK: 0,
  WRONG_CRC: 1,
  WRONG_SLOT: 2,
  SLOT_NOT_PROGRAMMED: 3,
  WRONG_PASSWORD: 4,
  NOT_AUTHORIZED: 5,
  TIMESTAMP_WARNING: 6,
  NO_NAME: 7,
  NOT_SUPPORTED: 8,
  UNKNOWN_COMMAND: 9,
} as const;

/** Slot numbers. HOTP slot 0x13 is kept for verifying the computer's firmware. Source: nitrokey-pro-firmware, src/inc/hotp.h. */
export const SLOT = { HOTP_FIRST: 0x10, HOTP_COUNT: 3, TOTP_FIRST: 0x20, TOTP_COUNT: 15 } as const;

/** Bits of a slot's configuration byte. Source: as {@link SLOT}. */
export const SLOT_CONFIG = { EIGHT_DIGITS: 0x01, TOKEN_ID: 0x04 } as const;

/** Field lengths inside payloads and results. Source: as {@link REPORT}. */
export const FIELD = { NAME: 15, TOKEN_ID: 13, PASSWORD: 25 } as const;
