// Compiles the kernel from its AssemblyScript source.
import { readFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

const FOLDER = new URL("./", import.meta.url);

/** @returns {Promise<Uint8Array>} the WebAssembly module; rejects with the compiler's own words */
export async function compileKernel() {
  /** @type {Uint8Array | undefined} */
  let binary;
  let told = "";
  const { error } = await asc.main(
    [
      "index.ts",
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "-o",
      "kernel.wasm",
    ],
    {
      readFile: (name) => readFile(new URL(name, FOLDER), "utf8").catch(() => null),
      writeFile: (name, contents) => {
        if (name === "kernel.wasm" && typeof contents !== "string") binary = contents;
      },
      listFiles: () => null,
      stderr: { write: (text) => void (told += text) },
    },
  );
  if (error || !binary) throw new Error(`the kernel does not compile: ${told}`);
  return binary;
}
