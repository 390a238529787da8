import { gzipSync } from "node:zlib";
import { WASM_BASE64 } from "../../workers/kernel/wasm-bytes.ts";

/** Bytes of the WebAssembly module that the worker carries. */
export interface KernelSize {
  readonly rawBytes: number;
  /** At gzip's strongest, as servers deliver static files. */
  readonly gzipBytes: number;
}

export function measureKernelSize(): KernelSize {
  const bytes = Buffer.from(WASM_BASE64, "base64");
  return { rawBytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length };
}
