import path from "node:path";
import { rolldown } from "rolldown";
import { OUTPUT } from "./entries.mjs";
import { smallStyles } from "./plugins.mjs";

const COMMON = { tsconfig: "tsconfig.json", platform: "browser", transform: { target: "es2022" } };

/** The one-file bundle, self-contained. */
export async function buildBundle() {
  const service = await serviceCode();
  const build = await rolldown({
    ...COMMON,
    input: { bundle: "src/bundle.ts" },
    plugins: [smallStyles(), oneFileService(service)],
  });
  await build.write({
    file: path.join(OUTPUT, "src/bundle.js"),
    format: "es",
    codeSplitting: false,
    sourcemap: true,
    minify: true,
  });
  await build.close();
}

/** The service with all it needs as a script that makes a variable `service`. */
async function serviceCode() {
  const build = await rolldown({
    ...COMMON,
    input: "workers/one-file-service.ts",
    // It starts its workers at its own address; this default is never reached.
    transform: { ...COMMON.transform, define: { "import.meta.url": '""' } },
  });
  const { output } = await build.generate({
    format: "iife",
    name: "service",
    codeSplitting: false,
    minify: true,
    comments: false,
  });
  await build.close();
  return output[0].code;
}

/**
 * Makes the module `virtual:one-file-service`, and lets the page's own thread run what is in it: the code of the service is in
 * the bundle once. A function's text is a worker's script; so nothing outside may be meant by it.
 * @param {string} code
 */
function oneFileService(code) {
  const NAME = "virtual:one-file-service";
  return {
    name: "one-file-service",
    resolveId(id) {
      if (id === NAME) return `\0${NAME}`;
      if (id.endsWith("/workers/page-thread.ts")) return path.resolve("src/bundle/page-thread.ts");
      return null;
    },
    load: (id) => (id === `\0${NAME}` ? `export function oneFileService() {${code}\nreturn service;}` : null),
  };
}
