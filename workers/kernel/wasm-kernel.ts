import type { HotpKernel } from "../../src/otp/kernel.ts";
import type { ByAlgorithm, HashFunction } from "./hash-function.ts";
import { sha1 } from "./sha1.ts";
import { sha256 } from "./sha256.ts";
import { sha512 } from "./sha512.ts";
import { WASM_BASE64 } from "./wasm-bytes.ts";
import { type GroupLayout, groupLayout, WasmInstance } from "./wasm-instance.ts";
import { WasmKey } from "./wasm-key.ts";
import { WasmKeySet } from "./wasm-key-set.ts";

const HASHES: ByAlgorithm<HashFunction> = { SHA1: sha1, SHA256: sha256, SHA512: sha512 };

const LAYOUTS: ByAlgorithm<GroupLayout> = {
  SHA1: groupLayout(1, sha1),
  SHA256: groupLayout(256, sha256),
  SHA512: groupLayout(512, sha512),
};

/** Compiles WebAssembly; a test passes one that refuses. */
export type WasmCompiler = (bytes: Uint8Array<ArrayBuffer>) => Promise<WebAssembly.Module>;

/**
 * The kernel in WebAssembly, four candidates at a time. Rejects with the engine's `CompileError` where a content security
 * policy lacks 'wasm-unsafe-eval' or the engine lacks SIMD.
 */
export async function createWasmKernel(
  compile: WasmCompiler = (bytes) => WebAssembly.compile(bytes),
): Promise<HotpKernel> {
  const bytes = Uint8Array.from(atob(WASM_BASE64), (character) => character.charCodeAt(0));
  const module = await compile(bytes);
  // Shared by all single keys: room for one group of the largest hash.
  const instance = new WasmInstance(module, LAYOUTS.SHA512.groupBytes);
  return {
    name: "wasm-simd",
    prepare(secret, algorithm) {
      return new WasmKey(instance, LAYOUTS[algorithm], HASHES[algorithm], secret);
    },
    createKeySet(capacity, algorithm) {
      return new WasmKeySet(module, LAYOUTS[algorithm], HASHES[algorithm], algorithm, capacity);
    },
  };
}
