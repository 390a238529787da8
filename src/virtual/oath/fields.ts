import { BridgeError } from "../../core/bridge-error.ts";
import { ByteReader } from "../../core/byte-reader.ts";
import type { Bytes } from "../../core/bytes.ts";
import { StatusError } from "./answer.ts";
import { SW, TAG } from "./tables.ts";

/** How an applet takes its fields, one-byte tags with one-byte lengths, out of a command's data. */
export interface Fields {
  /** The value of a field; throws a {@link StatusError} when it is not there. */
  require(tag: number): Bytes;
  /** The value of a field, or null. */
  find(tag: number): Bytes | null;
  /** The property byte, 0 when there is none. */
  property(): number;
  /** Ends the reading: an applet that reads in order refuses anything left over. */
  end(): void;
}

/** CanoKey reads in order: the wrong tag is wrong data, a length that does not fit is a wrong length. */
export class OrderedFields implements Fields {
  readonly #reader: ByteReader;
  readonly #property: "bare" | "tlv";
  /** The tag of the field to come; null at the end. */
  #tag: number | null = null;

  /** `property` says whether a property is one bare byte after its tag or a field with a length. */
  constructor(data: Bytes, property: "bare" | "tlv") {
    this.#reader = new ByteReader(data);
    this.#property = property;
    this.#readTag();
  }

  require(tag: number): Bytes {
    if (this.#tag === null) throw new StatusError(SW.WRONG_LENGTH);
    if (this.#tag !== tag) throw new StatusError(SW.WRONG_DATA);
    return this.#read((reader) => reader.take(reader.u8()));
  }

  find(tag: number): Bytes | null {
    return this.#tag === tag ? this.require(tag) : null;
  }

  property(): number {
    if (this.#tag !== TAG.PROPERTY) return 0;
    const value =
      this.#property === "tlv" ? this.require(TAG.PROPERTY) : this.#read((reader) => reader.take(1));
    return value[0] ?? 0;
  }

  end(): void {
    if (this.#tag !== null) throw new StatusError(SW.WRONG_LENGTH);
  }

  #read(value: (reader: ByteReader) => Bytes): Bytes {
    try {
      const read = value(this.#reader);
      this.#readTag();
      return read;
    } catch (error) {
      throw error instanceof BridgeError ? new StatusError(SW.WRONG_LENGTH) : error;
    }
  }

  #readTag(): void {
    this.#tag = this.#reader.remaining > 0 ? this.#reader.u8() : null;
  }
}

/** Pico FIDO looks for the fields it wants, in any order, and overlooks the rest. */
export class SearchedFields implements Fields {
  readonly #found = new Map<number, Bytes[]>();

  constructor(data: Bytes) {
    const reader = new ByteReader(data);
    try {
      while (reader.remaining > 0) {
        const tag = reader.u8();
        const length = reader.u8();
        // YubiKey's form of a property, one bare byte, ends the data here: its value stands where a length should.
        const isBare = tag === TAG.PROPERTY && length > reader.remaining;
        this.#add(tag, isBare ? Uint8Array.of(length) : reader.take(length));
      }
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      // A field cut short is as good as missing.
    }
  }

  /** Fields of the same tag are taken one after the other, as RENAME has them. */
  require(tag: number): Bytes {
    const value = this.find(tag);
    if (value === null) throw new StatusError(SW.WRONG_DATA);
    return value;
  }

  find(tag: number): Bytes | null {
    return this.#found.get(tag)?.shift() ?? null;
  }

  property(): number {
    return this.find(TAG.PROPERTY)?.[0] ?? 0;
  }

  end(): void {
    // Whatever is left is overlooked.
  }

  #add(tag: number, value: Bytes): void {
    this.#found.set(tag, [...(this.#found.get(tag) ?? []), value]);
  }
}
