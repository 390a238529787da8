import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { createHMAC, createSHA1, createSHA256, createSHA512 } from "hash-wasm";
import { generateSync } from "otplib";
import type { Seed } from "../../../src/otp/index.ts";

const NOBLE = { SHA1: sha1, SHA256: sha256, SHA512: sha512 } as const;
const HASH_WASM = { SHA1: createSHA1, SHA256: createSHA256, SHA512: createSHA512 } as const;
const WEB_CRYPTO = { SHA1: "SHA-1", SHA256: "SHA-256", SHA512: "SHA-512" } as const;
const OTPLIB = { SHA1: "sha1", SHA256: "sha256", SHA512: "sha512" } as const;

/** Somebody else's way to a code. */
export interface Peer {
  readonly name: string;
  readonly note?: string;
  code?(movingFactor: number): number;
  /** Peers that answer by promise compute many at once. */
  codes?(firstMovingFactor: number, count: number): Promise<number[]>;
}

/** The libraries one would take instead, each used as its documentation shows, or better. */
export async function openPeers(seed: Seed): Promise<Peer[]> {
  const { secret, algorithm, digits } = seed;
  const noble = NOBLE[algorithm];
  const keyed = hmac.create(noble, secret);
  const reused = await createHMAC(HASH_WASM[algorithm](), secret);
  const key = await crypto.subtle.importKey(
    "raw",
    secret,
    { name: "HMAC", hash: WEB_CRYPTO[algorithm] },
    false,
    ["sign"],
  );
  const sign = async (factor: number) =>
    truncate(new Uint8Array(await crypto.subtle.sign("HMAC", key, message(factor))), digits);
  return [
    {
      name: "otplib",
      code: (factor) =>
        Number(
          generateSync({ strategy: "hotp", secret, algorithm: OTPLIB[algorithm], digits, counter: factor }),
        ),
    },
    {
      name: "@noble/hashes, direct",
      code: (factor) => truncate(hmac(noble, secret, message(factor)), digits),
    },
    {
      name: "@noble/hashes, key cached",
      code: (factor) => truncate(keyed.clone().update(message(factor)).digest(), digits),
    },
    {
      name: "hash-wasm, reused",
      code: (factor) => truncate(reused.init().update(message(factor)).digest("binary"), digits),
    },
    {
      name: "WebCrypto, one by one",
      note: "wall time; other threads work too",
      async codes(first, count) {
        const codes: number[] = [];
        for (let index = 0; index < count; index += 1) codes.push(await sign(first + index));
        return codes;
      },
    },
    {
      name: "WebCrypto, all at once",
      note: "wall time; other threads work too",
      codes: (first, count) => Promise.all(Array.from({ length: count }, (_, index) => sign(first + index))),
    },
  ];
}

/** RFC 4226 section 5.2: the moving factor in eight bytes, high byte first. */
function message(movingFactor: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(movingFactor / 2 ** 32));
  view.setUint32(4, movingFactor % 2 ** 32);
  return bytes;
}

/** RFC 4226 section 5.3: dynamic truncation, then the last digits. */
function truncate(mac: Uint8Array, digits: number): number {
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  const bits = new DataView(mac.buffer, mac.byteOffset, mac.byteLength).getUint32(offset) & 0x7fffffff;
  return bits % 10 ** digits;
}
