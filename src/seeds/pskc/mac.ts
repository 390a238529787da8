import { hmac } from "@noble/hashes/hmac.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Bytes } from "../../core/bytes.ts";
import { lastPart } from "./elements.ts";
import { unsupportedEncryption } from "./unsupported.ts";

/** Computes the MAC of a value. */
export type MacFunction = (key: Bytes, value: Bytes) => Bytes;

/** HMAC's hashes in XML Signature (RFC 9231 section 2.2). An HMAC with MD5 or SHA-1 is weak in no way that matters here. */
const HASHES = new Map([
  ["md5", md5],
  ["ripemd160", ripemd160],
  ["sha1", sha1],
  ["sha224", sha224],
  ["sha256", sha256],
  ["sha384", sha384],
  ["sha512", sha512],
]);

/** The MAC that a file names by its URI; drafts also write `HMAC-SHA-1`. Throws `SeedFileError` `unsupported-encryption`. */
export function requireMac(algorithm: string | null): MacFunction {
  const name = lastPart(algorithm ?? "");
  const hash = HASHES.get(name.replace(/^hmac-?/u, "").replace("-", ""));
  if (!hash) throw unsupportedEncryption("a MAC", algorithm);
  return (key, value) => Uint8Array.from(hmac(hash, key, value));
}

/** Compares without telling by its duration where two MACs differ. */
export function equalMacs(one: Bytes, other: Bytes): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}
