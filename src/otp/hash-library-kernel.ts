import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import type { HotpKernel } from "./kernel.ts";
import type { Algorithm, Digits } from "./seed.ts";

const HASHES = { SHA1: sha1, SHA256: sha256, SHA512: sha512 } as const satisfies Record<Algorithm, unknown>;

/** Ten to the power of the digits, RFC 4226 section 5.3 step 3. */
const MODULUS = { 6: 1e6, 7: 1e7, 8: 1e8 } as const satisfies Record<Digits, number>;

/** The kernel on a well-kept hash library: runs in page, worker and Node, under any CSP. */
export const hashLibraryKernel: HotpKernel = {
  name: "noble-hashes",
  prepare(secret, algorithm) {
    const keyed = hmac.create(HASHES[algorithm], secret);
    const message = new Uint8Array(8);
    const view = new DataView(message.buffer);
    const mac = new Uint8Array(keyed.outputLen);
    return {
      writeCodes(codes, firstMovingFactor, digits) {
        const modulus = MODULUS[digits];
        for (let index = 0; index < codes.length; index += 1) {
          const movingFactor = firstMovingFactor + index;
          view.setUint32(0, Math.floor(movingFactor / 2 ** 32));
          view.setUint32(4, movingFactor % 2 ** 32);
          keyed.clone().update(message).digestInto(mac);
          codes[index] = truncate(mac) % modulus;
        }
      },
    };
  },
};

/** Dynamic truncation to 31 bits, RFC 4226 section 5.3 step 2 (section 5.4 shows it byte by byte). */
function truncate(mac: Uint8Array): number {
  const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength);
  return view.getUint32(view.getUint8(mac.length - 1) & 0x0f) & 0x7fffffff;
}
