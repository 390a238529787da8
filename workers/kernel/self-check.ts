import { utf8Bytes } from "../../src/core/bytes.ts";
import type { HotpKernel } from "../../src/otp/kernel.ts";
import type { Algorithm } from "../../src/otp/seed.ts";

/** Digits "1234567890" over and over, as many as the hash has bytes (RFC 6238 appendix B and its erratum 2866). */
const SECRETS = { SHA1: 20, SHA256: 32, SHA512: 64 } as const satisfies Record<Algorithm, number>;

/** Time steps 0x23523EC and 0x23523ED of that appendix, and their codes of eight digits. */
const FIRST = 0x23523ec;
const CODES = {
  SHA1: [7_081_804, 14_050_471],
  SHA256: [68_084_774, 67_062_674],
  SHA512: [25_091_201, 99_943_326],
} as const satisfies Record<Algorithm, readonly [number, number]>;

/** True when a kernel computes what RFC 6238 says, by each of its ways. Never throws. */
export function computesRight(kernel: HotpKernel): boolean {
  try {
    return (["SHA1", "SHA256", "SHA512"] as const).every((algorithm) => isRight(kernel, algorithm));
  } catch {
    return false;
  }
}

function isRight(kernel: HotpKernel, algorithm: Algorithm): boolean {
  const [first, second] = CODES[algorithm];
  const secret = utf8Bytes("1234567890".repeat(7).slice(0, SECRETS[algorithm]));
  const key = kernel.prepare(secret, algorithm);
  const codes = new Uint32Array(2);
  key.writeCodes(codes, FIRST, 8);
  const places = key.findCodes(second, FIRST, 2, 8);
  key.release();
  const set = kernel.createKeySet(1, algorithm);
  set.add({ bytes: secret, ends: Uint32Array.of(secret.length) });
  const keys = set.findKeys(first, FIRST, 8, 0, 1);
  set.release();
  return codes.join() === `${first},${second}` && places.join() === "1" && keys.join() === "0";
}
