/** The WebAssembly module; rejects with the compiler's own words. */
export function compileKernel(): Promise<Uint8Array>;
