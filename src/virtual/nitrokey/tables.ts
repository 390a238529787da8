/** The report protocol, nitrokey-pro-firmware src/inc/report_protocol.h. Written apart from the client's tables on purpose. */
export const COMMAND = {
  GET_STATUS: 0x00,
  READ_SLOT_NAME: 0x02,
  READ_SLOT: 0x03,
  GET_CODE: 0x04,
  ADMIN_RETRIES: 0x09,
  SET_TIME: 0x0b,
  USER_AUTHENTICATE: 0x0e,
  USER_RETRIES: 0x0f,
  LOCK_DEVICE: 0x12,
} as const;

/** Byte 0 of the device's report. */
export const DEVICE_STATUS = { READY: 0, BUSY: 1, RECEIVED: 3 } as const;

/** Byte 6 of it: how the last command ended. */
export const COMMAND_STATUS = {
  OK: 0,
  WRONG_CRC: 1,
  WRONG_SLOT: 2,
  NOT_PROGRAMMED: 3,
  WRONG_PASSWORD: 4,
  NOT_AUTHORISED: 5,
  TIME_REFUSED: 6,
  UNKNOWN_COMMAND: 9,
} as const;

/** Where things lie in a report. */
export const LAYOUT = {
  LENGTH: 64,
  /** Both directions: the checksum over all before it. */
  CHECKSUM: 60,
  /** The device's: checksum of the command it answers, its status, its result. */
  COMMAND_CHECKSUM: 2,
  COMMAND_STATUS: 6,
  RESULT: 7,
  NAME_LENGTH: 15,
  TOKEN_ID_LENGTH: 13,
  PASSWORD_LENGTH: 25,
} as const;

/** Slot numbers, src/inc/hotp.h. The last HOTP slot is kept for firmware checks. */
export const SLOT = { HOTP: 0x10, HOTP_COUNT: 3, TOTP: 0x20, TOTP_COUNT: 15 } as const;

/** Bits of a slot's configuration byte. */
export const SLOT_CONFIG = { EIGHT_DIGITS: 0x01, ENTER: 0x02, TOKEN_ID: 0x04 } as const;

/** Longest secret; shorter ones are filled with zeros, as HMAC does anyway. */
export const SECRET_MOST = 40;

/** The time memory counts minutes from 2014-01-01 (src/keyboard/report_protocol.c). */
export const TIME_EPOCH_SECONDS = 1_388_534_400;
