import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import vue from "@vitejs/plugin-vue";
import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild-wasm";
import { rolldown } from "rolldown";
import { rollup } from "rollup";
import { compile, compileModule } from "svelte/compiler";
import { build as viteBuild, type Plugin, type PluginOption } from "vite";
import webpack from "webpack";
import { HOME } from "./packed.ts";

/** Builds the entry file (below the apps) into `outDir`, whose page loads `main.js`. */
export type Builder = (entry: string, outDir: string) => Promise<void>;

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8" /><title>Consumer</title>
<link rel="icon" href="data:," /><main></main><output></output><script type="module" src="./main.js"></script></html>`;

/** Builds one consumer; answers with the folder to serve. */
export async function buildConsumer(
  name: string,
  entry: string,
  build: Builder,
  page = PAGE,
): Promise<string> {
  const outDir = path.join(HOME, "built", name);
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  await build(path.join(HOME, "apps", entry), outDir);
  writeFileSync(path.join(outDir, "index.html"), page);
  return outDir;
}

export const vite =
  (...plugins: PluginOption[]): Builder =>
  async (entry, outDir) => {
    await viteBuild({
      configFile: false,
      root: path.dirname(entry),
      base: "./",
      logLevel: "error",
      plugins,
      define: { "process.env.NODE_ENV": '"production"' },
      build: {
        outDir,
        emptyOutDir: true,
        target: "es2022",
        rolldownOptions: { input: { main: entry }, output: { entryFileNames: "[name].js" } },
      },
    });
  };

/** Vue with what its guide says for custom elements. */
export const vueElements = (): PluginOption =>
  vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("oath-") } } });

/** Svelte's own compiler, without a framework around it. */
export function svelte(): Plugin {
  return {
    name: "svelte",
    transform(code, id) {
      if (id.endsWith(".svelte"))
        return { code: compile(code, { filename: id, generate: "client" }).js.code, map: null };
      if (id.endsWith(".svelte.js"))
        return { code: compileModule(code, { filename: id }).js.code, map: null };
      return null;
    },
  };
}

export const withWebpack: Builder = async (entry, outDir) => {
  const compiler = webpack({
    mode: "production",
    context: HOME,
    entry,
    output: { path: outDir, filename: "main.js", module: true, publicPath: "auto" },
    experiments: { outputModule: true, topLevelAwait: true },
    performance: { hints: false },
  });
  await new Promise<void>((resolve, reject) => {
    compiler?.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString("errors-only")));
      else resolve();
    });
  });
};

export const withEsbuild: Builder = async (entry, outDir) => {
  await esbuild.build({
    entryPoints: { main: entry },
    outdir: outDir,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    logLevel: "error",
    absWorkingDir: HOME,
  });
};

export const withRollup: Builder = async (entry, outDir) => {
  const build = await rollup({
    input: { main: entry },
    plugins: [nodeResolve({ browser: true }), commonjs()],
    onwarn: ({ code, message }) => {
      // What other packages' code makes it say is no business of ours; that something is not found is.
      if (code === "UNRESOLVED_IMPORT" || code === "MISSING_EXPORT") throw new Error(message);
    },
  });
  await build.write({ dir: outDir, format: "es" });
  await build.close();
};

export const withRolldown: Builder = async (entry, outDir) => {
  const build = await rolldown({ input: { main: entry }, platform: "browser", cwd: HOME });
  await build.write({ dir: outDir, format: "es" });
  await build.close();
};
