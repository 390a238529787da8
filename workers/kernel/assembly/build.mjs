// Writes ../wasm-bytes.ts. `npm run build:kernel`
import { writeFile } from "node:fs/promises";
import { compileKernel } from "./compile.mjs";

const base64 = Buffer.from(await compileKernel()).toString("base64");
await writeFile(
  new URL("../wasm-bytes.ts", import.meta.url),
  `/** The compiled kernel of ./assembly, in base64: no fetch, no path, no MIME type to go wrong. Written by \`npm run build:kernel\`. */
// prettier-ignore
export const WASM_BASE64 = "${base64}";
`,
);
