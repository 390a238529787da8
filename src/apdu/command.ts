import { ByteReader } from "../core/byte-reader.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";

/** One command APDU, ISO 7816-4 section 5.1. */
export interface CommandApdu {
  /** Class byte; 00 unless told. */
  readonly cla?: number;
  readonly ins: number;
  readonly p1?: number;
  readonly p2?: number;
  readonly data?: Bytes;
  /** Bytes of answer wanted, 1–65536 (256 and 65536 mean "all there are"). Left out, no answer data is expected. */
  readonly le?: number;
}

/** A command APDU with every field that has a default filled in. */
export type DecodedCommand = Required<Omit<CommandApdu, "le">> & Pick<CommandApdu, "le">;

/** ISO 7816-4 section 5.1: the largest values of the short length fields, and of the extended ones. */
export const APDU_LIMITS = {
  SHORT_DATA: 255,
  SHORT_LE: 256,
  EXTENDED_DATA: 65_535,
  EXTENDED_LE: 65_536,
} as const;

const EMPTY: Bytes = new Uint8Array(0);

/**
 * The bytes of `command`: the short form where everything fits it, else the extended one. Throws `RangeError` for a field
 * that fits neither.
 */
export function encodeCommand(command: CommandApdu): Bytes {
  const { cla = 0x00, ins, p1 = 0x00, p2 = 0x00, data = EMPTY, le } = command;
  const header = [cla, ins, p1, p2];
  for (const byte of header) requireWithin("A header byte", byte, 0, 0xff);
  requireWithin("The data length", data.length, 0, APDU_LIMITS.EXTENDED_DATA);
  if (le !== undefined) requireWithin("Le", le, 1, APDU_LIMITS.EXTENDED_LE);

  const short = data.length <= APDU_LIMITS.SHORT_DATA && (le ?? 0) <= APDU_LIMITS.SHORT_LE;
  return short ? encodeShort(header, data, le) : encodeExtended(header, data, le);
}

/** Reads a command APDU in any of the short and extended cases. Throws `RangeError` for bytes that are none. */
export function decodeCommand(bytes: Bytes): DecodedCommand {
  try {
    return readCommand(new ByteReader(bytes));
  } catch (cause) {
    throw new RangeError(`${bytes.length} bytes that are no command APDU`, { cause });
  }
}

function encodeShort(header: readonly number[], data: Bytes, le: number | undefined): Bytes {
  const lc = data.length === 0 ? [] : [data.length];
  const expected = le === undefined ? [] : [le & 0xff]; // 256 is written as 00
  return concatBytes(Uint8Array.from([...header, ...lc]), data, Uint8Array.from(expected));
}

/** The 00 that marks the extended form comes once: before Lc, or before Le when there is no Lc. */
function encodeExtended(header: readonly number[], data: Bytes, le: number | undefined): Bytes {
  const lc = data.length === 0 ? [] : [data.length >> 8, data.length & 0xff];
  const expected = le === undefined ? [] : [(le >> 8) & 0xff, le & 0xff]; // 65536 is written as 00 00
  return concatBytes(Uint8Array.from([...header, 0x00, ...lc]), data, Uint8Array.from(expected));
}

function readCommand(reader: ByteReader): DecodedCommand {
  const header = { cla: reader.u8(), ins: reader.u8(), p1: reader.u8(), p2: reader.u8() };
  if (reader.remaining === 0) return { ...header, data: EMPTY };
  const first = reader.u8();
  if (reader.remaining === 0) return { ...header, data: EMPTY, le: first || APDU_LIMITS.SHORT_LE };
  if (first > 0) {
    const data = reader.take(first);
    if (reader.remaining === 0) return { ...header, data };
    const le = reader.u8() || APDU_LIMITS.SHORT_LE;
    reader.requireEnd();
    return { ...header, data, le };
  }
  const length = reader.u16be();
  if (reader.remaining === 0) return { ...header, data: EMPTY, le: length || APDU_LIMITS.EXTENDED_LE };
  if (length === 0) throw new RangeError("an extended Lc of 0");
  const data = reader.take(length);
  if (reader.remaining === 0) return { ...header, data };
  const le = reader.u16be() || APDU_LIMITS.EXTENDED_LE;
  reader.requireEnd();
  return { ...header, data, le };
}

function requireWithin(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}
