import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { OUTPUT } from "./entries.mjs";

const OWN_IMPORT = /(\bfrom "|\bimport\("|^import ")(\.{1,2}\/[^"]+)\.ts"/gmu;

/** A name that a reader's `lib` may not have; the reference brings it along. */
const DISPOSABLE = /\b(?:Async)?Disposable\b/u;

/** A `.d.ts` beside each module. */
export function buildDeclarations() {
  const tsc = path.join("node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", ".package/tsconfig.json"], { stdio: "inherit" });
  if (status !== 0) throw new Error("the declarations could not be made");
  // TypeScript leaves the sources' `.ts` in them; their readers look for `.js`.
  for (const name of readdirSync(OUTPUT, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const file = path.join(OUTPUT, name);
    const text = readFileSync(file, "utf8").replace(OWN_IMPORT, '$1$2.js"');
    writeFileSync(file, DISPOSABLE.test(text) ? `/// <reference lib="esnext.disposable" />\n${text}` : text);
  }
}
