import type { Bytes } from "../../core/bytes.ts";
import { ALGORITHM } from "./tables.ts";

/** HMAC of a message, by the hash's number in the protocol (RFC 2104). Throws a RangeError for a hash without a number. */
export async function hmac(algorithm: number, key: Bytes, message: Bytes): Promise<Bytes> {
  const hash = (ALGORITHM as Readonly<Record<number, string>>)[algorithm];
  if (hash === undefined) throw new RangeError(`hash number ${algorithm} is unknown`);
  // WebCrypto takes no empty key; HMAC pads with zeros anyway.
  const padded = key.length === 0 ? new Uint8Array(1) : key;
  const imported = await crypto.subtle.importKey("raw", padded, { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** The four bytes of dynamic truncation, the highest bit cleared (RFC 4226 section 5.3). */
export function truncate(mac: Bytes): Bytes {
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const bytes = mac.slice(offset, offset + 4);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes;
}

/** True when both hold the same bytes. */
export function sameBytes(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
