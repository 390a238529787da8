import { argon2id } from "hash-wasm";
import type { Bytes } from "../core/bytes.ts";

/** What Argon2id costs (RFC 9106 section 3.1: m in KiB and t), on one lane. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** Computes 32 bytes by Argon2id version 0x13 from one or more bytes of password and 8 or more of salt. */
export type Argon2id = (password: Bytes, salt: Bytes, cost: Argon2Cost) => Promise<Bytes>;

/**
 * The library's, in WebAssembly: a file of its own, so that it is fetched only where a passphrase is set or given. Rejects
 * where the page's policy forbids WebAssembly or there is no memory left.
 */
export const argon2: Argon2id = async (password, salt, { memoryKiB, passes }) =>
  // The library answers over an ordinary buffer, its type just does not say so.
  (await argon2id({
    password,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: "binary",
  })) as Bytes;
