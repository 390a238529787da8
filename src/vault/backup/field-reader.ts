import type { Bytes } from "../../core/bytes.ts";
import { parseBase64 } from "../../core/text-forms.ts";
import { damagedBackup } from "./errors.ts";

/** Reads the fields of an object out of a file one by one, each within its bounds. Every method throws `damaged`. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();

  constructor(value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw damagedBackup();
    this.#fields = value as Record<string, unknown>;
  }

  /** A text of that many UTF-16 code units. */
  text(name: string, most: number, least = 1): string {
    const value = this.value(name);
    if (typeof value !== "string" || value.length < least || value.length > most) throw damagedBackup();
    return value;
  }

  oneOf<T extends string | number>(name: string, allowed: readonly T[]): T {
    const value = this.value(name);
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw damagedBackup();
    return found;
  }

  whole(name: string, least: number, most: number): number {
    const value = this.number(name, least, most);
    if (!Number.isSafeInteger(value)) throw damagedBackup();
    return value;
  }

  number(name: string, least: number, most: number): number {
    const value = this.value(name);
    if (typeof value !== "number" || !(value >= least && value <= most)) throw damagedBackup();
    return value;
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== "boolean") throw damagedBackup();
    return value;
  }

  /** Bytes written in base64. */
  bytes(name: string, least: number, most: number): Bytes {
    // Four letters are three bytes: what is longer is not worth decoding.
    const text = this.text(name, Math.ceil(most / 3) * 4, 0);
    try {
      const bytes = parseBase64(text);
      if (bytes.length >= least && bytes.length <= most) return bytes;
    } catch (error) {
      throw damagedBackup({ cause: error });
    }
    throw damagedBackup();
  }

  list<T>(name: string, most: number, read: (value: unknown) => T): T[] {
    const value = this.value(name);
    if (!Array.isArray(value) || value.length > most) throw damagedBackup();
    return value.map(read);
  }

  /** What `read` makes of the field, as an object with that one field; an empty one where it is not there. */
  optional<K extends string, T>(name: K, read: (name: K) => T): { readonly [P in K]?: T } {
    if (!Object.hasOwn(this.#fields, name)) return {};
    return { [name]: read(name) } as { readonly [P in K]?: T };
  }

  value(name: string): unknown {
    this.#read.add(name);
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  /** A field nobody asked for would be lost in silence. */
  finish(): void {
    if (Object.keys(this.#fields).some((name) => !this.#read.has(name))) throw damagedBackup();
  }
}

/** The object that `read` makes of a value all of whose fields it has read. Throws `damaged`. */
export function readFields<T>(value: unknown, read: (fields: FieldReader) => T): T {
  const fields = new FieldReader(value);
  const result = read(fields);
  fields.finish();
  return result;
}
