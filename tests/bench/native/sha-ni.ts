import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Host } from "../host.ts";

const run = promisify(execFile);
const COMPILERS = ["clang", "cc", "gcc"];

export type NativeLoop = NonNullable<Host["nativeLoop"]>;

/** The native loop, or why there is none on this machine, in one line. */
export type NativeBuild =
  | { readonly available: true; readonly loop: NativeLoop; readonly compiler: string }
  | { readonly available: false; readonly reason: string };

/** Compiles the loop into `folder`, where the CPU has SHA instructions and the machine a C compiler. */
export function buildNativeLoop(source: string, folder: string): NativeBuild {
  if (!cpuHasShaInstructions()) return { available: false, reason: "the CPU shows no SHA instructions" };
  const program = path.join(folder, "hotp-sha-ni");
  for (const compiler of COMPILERS) {
    const { status } = spawnSync(compiler, ["-O3", "-msha", "-msse4.1", "-o", program, source]);
    if (status === 0) return { available: true, loop: loopOf(program), compiler };
  }
  return { available: false, reason: `no C compiler built it (tried ${COMPILERS.join(", ")})` };
}

function loopOf(program: string): NativeLoop {
  return async (secret, first, count) => {
    const hex = secret.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const { stdout } = await run(program, [hex, String(first), String(count)]);
    const [ns = Number.NaN, lastCode = Number.NaN] = stdout.split(" ").map(Number);
    return { ms: ns / 1e6, lastCode };
  };
}

/** Linux on x86 tells; elsewhere the loop is not built. */
function cpuHasShaInstructions(): boolean {
  try {
    return /^flags\s*:.*\bsha_ni\b/mu.test(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return false;
  }
}
