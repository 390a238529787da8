import path from "node:path";
import { rolldown } from "rolldown";
import { OUTPUT, WORKERS } from "./entries.mjs";
import { literalWorkers } from "./plugins.mjs";

/** The workers, each with the packages it needs inside: a worker has no import map. */
export async function buildWorkers() {
  for (const worker of WORKERS) {
    const build = await rolldown({
      input: { [worker]: `${worker}.ts` },
      plugins: [literalWorkers(path.posix.dirname(worker))],
      tsconfig: "tsconfig.json",
      platform: "browser",
      transform: { target: "es2022" },
    });
    await build.write({
      dir: OUTPUT,
      format: "es",
      sourcemap: true,
      minify: true,
      // Says that it is a module: it may have no import of its own.
      footer: "export {};",
      entryFileNames: "[name].js",
      chunkFileNames: "workers/chunks/[name]-[hash].js",
    });
    await build.close();
  }
}
