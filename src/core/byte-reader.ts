import { BridgeError } from "./bridge-error.ts";
import type { Bytes } from "./bytes.ts";

/** Reads bytes in order; every read is checked against the end. A token's mistake is a `BridgeError` `malformed-answer`. */
export class ByteReader {
  readonly #bytes: Bytes;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16be(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  u16le(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32be(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  u32le(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** The next `length` bytes, copied. */
  take(length: number): Bytes {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  /** Everything left, copied. */
  rest(): Bytes {
    return this.take(this.remaining);
  }

  /** Throws `malformed-answer` unless everything was read. */
  requireEnd(): void {
    if (this.remaining > 0) {
      throw new BridgeError("malformed-answer", "The token's answer is longer than it should be.");
    }
  }

  #advance(length: number): number {
    if (length > this.remaining) {
      throw new BridgeError("malformed-answer", "The token's answer ends too early.");
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
