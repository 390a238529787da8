import { expect, it } from "vitest";
import { compileKernel } from "../../../workers/kernel/assembly/compile.mjs";
import { WASM_BASE64 } from "../../../workers/kernel/wasm-bytes.ts";

it("is what its source compiles to: run `npm run build:kernel` when this fails", async () => {
  expect(Buffer.from(await compileKernel()).toString("base64") === WASM_BASE64).toBe(true);
}, 120_000);
