import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";

/** Message types. Source: USB CCID specification 1.1, sections 6.1 and 6.2. */
export const CCID_MESSAGE = {
  ICC_POWER_ON: 0x62,
  XFR_BLOCK: 0x6f,
  DATA_BLOCK: 0x80,
  SLOT_STATUS: 0x81,
  PARAMETERS: 0x82,
} as const;

/** bError of a failed command. Source: as {@link CCID_MESSAGE}, section 6.2.6. */
export const CCID_ERROR = { SLOT_BUSY: 0xe0 } as const;

/** Source: as {@link CCID_MESSAGE}, section 6.1: every message starts with type, length, slot, sequence, three more. */
export const CCID_HEADER_LENGTH = 10;

/** Upper bits of bStatus. Source: as {@link CCID_MESSAGE}, section 6.2.6. */
const OUTCOMES = ["ok", "failed", "time-extension"] as const;
const OUTCOME_SHIFT = 6;

/** The tokens buffer 2048 bytes; twice that is more than any of them can answer. */
const DATA_MAX = 4096;

const ANSWER_TYPES: readonly number[] = [
  CCID_MESSAGE.DATA_BLOCK,
  CCID_MESSAGE.SLOT_STATUS,
  CCID_MESSAGE.PARAMETERS,
];

/** One answer of the token. */
export interface CcidAnswer {
  readonly type: number;
  readonly sequence: number;
  /** `time-extension`: not an answer yet, the token asks for patience. */
  readonly outcome: (typeof OUTCOMES)[number];
  /** bError; says more when the command failed. */
  readonly error: number;
  readonly data: Bytes;
}

/** Switches the card inside the token on; the answer holds its ATR. */
export function encodePowerOn(sequence: number): Bytes {
  return encodeMessage(CCID_MESSAGE.ICC_POWER_ON, sequence, new Uint8Array(0));
}

/** Carries one command APDU. */
export function encodeXfrBlock(sequence: number, command: Bytes): Bytes {
  if (command.length === 0 || command.length > DATA_MAX) {
    throw new RangeError(`A command has 1 to ${DATA_MAX} bytes, this one has ${command.length}.`);
  }
  return encodeMessage(CCID_MESSAGE.XFR_BLOCK, sequence, command);
}

function encodeMessage(type: number, sequence: number, data: Bytes): Bytes {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 0xff) {
    throw new RangeError(`The sequence number ${sequence} is no byte.`);
  }
  const message = new Uint8Array(CCID_HEADER_LENGTH + data.length);
  const view = new DataView(message.buffer);
  message[0] = type;
  view.setUint32(1, data.length, true);
  view.setUint8(6, sequence);
  message.set(data, CCID_HEADER_LENGTH);
  return message;
}

/**
 * Puts answers together from the packets they come in: split anywhere, several in one, empty packets between. It goes by the
 * length in the header alone, for a packet that ends an answer need not be short.
 */
export class CcidAssembler {
  #bytes: Bytes = new Uint8Array(0);

  /** Bytes still missing from the answer that has begun; a header's when none has. Throws like {@link take}. */
  get missing(): number {
    const expected =
      this.#bytes.length < CCID_HEADER_LENGTH
        ? CCID_HEADER_LENGTH
        : CCID_HEADER_LENGTH + readHeader(this.#bytes).dataLength;
    return Math.max(0, expected - this.#bytes.length);
  }

  push(packet: Bytes): void {
    this.#bytes = concatBytes(this.#bytes, packet);
  }

  /** The next whole answer, or null. Throws `malformed-answer`, and forgets everything, for what is no answer. */
  take(): CcidAnswer | null {
    if (this.#bytes.length < CCID_HEADER_LENGTH) return null;
    try {
      const { dataLength, ...header } = readHeader(this.#bytes);
      const end = CCID_HEADER_LENGTH + dataLength;
      if (this.#bytes.length < end) return null;
      const data = this.#bytes.slice(CCID_HEADER_LENGTH, end);
      this.#bytes = this.#bytes.slice(end);
      return { ...header, data };
    } catch (error) {
      this.clear();
      throw error;
    }
  }

  /** Forgets what has come so far. */
  clear(): void {
    this.#bytes = new Uint8Array(0);
  }
}

function readHeader(bytes: Bytes): Omit<CcidAnswer, "data"> & { readonly dataLength: number } {
  const reader = new ByteReader(bytes);
  const type = reader.u8();
  const dataLength = reader.u32le();
  const slot = reader.u8();
  const sequence = reader.u8();
  const outcome = OUTCOMES[reader.u8() >> OUTCOME_SHIFT];
  const error = reader.u8();
  if (!ANSWER_TYPES.includes(type) || dataLength > DATA_MAX || slot !== 0 || outcome === undefined) {
    throw new BridgeError(
      "malformed-answer",
      "The token's answer makes no sense. Unplug it, plug it in again.",
    );
  }
  return { type, sequence, outcome, error, dataLength };
}
