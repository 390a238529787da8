/**
 * Status words as the OATH applets use them: ISO 7816-4 section 5.1.3; YKOATH protocol, Yubico; and, where the makers
 * differ, canokey-core `applets/oath/oath.c` and pico-fido `src/fido/oath.c`.
 */
export const SW = {
  OK: 0x9000,
  /** VALIDATE on tokens of the Trussed family: verification failed. */
  VERIFICATION_FAILED: 0x6300,
  /** Locked; on a CanoKey also: no touch came, or an increasing-only credential was asked for the past. */
  SECURITY_STATUS_NOT_SATISFIED: 0x6982,
  /** No such credential; YubiKey and Pico also: wrong answer to VALIDATE. */
  NO_SUCH_OBJECT: 0x6984,
  /** CanoKey: the name is taken; nothing left to send. */
  CONDITIONS_NOT_SATISFIED: 0x6985,
  /** CanoKey also: wrong answer to VALIDATE. */
  WRONG_DATA: 0x6a80,
  /** No such applet; Trussed: no such credential. */
  NOT_FOUND: 0x6a82,
  /** No room for another credential. */
  NOT_ENOUGH_MEMORY: 0x6a84,
  WRONG_P1_P2: 0x6a86,
  INS_NOT_SUPPORTED: 0x6d00,
  CLA_NOT_SUPPORTED: 0x6e00,
} as const;

/** SW1 of "there is more": ISO 7816-4 puts the number of bytes into SW2, CanoKey always FF. */
const MORE_DATA = 0x61;

/** True when the answer goes on in another one. */
export function isMoreData(sw: number): boolean {
  return sw >> 8 === MORE_DATA;
}
