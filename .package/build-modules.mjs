import { rolldown } from "rolldown";
import { ENTRIES, OUTPUT } from "./entries.mjs";
import { literalWorkers, smallStyles } from "./plugins.mjs";

/** The library, one module for each of ours; packages we depend on stay imports. */
export async function buildModules() {
  const build = await rolldown({
    input: Object.fromEntries(Object.values(ENTRIES).map((entry) => [entry, `${entry}.ts`])),
    external: (id) => !/^[./]|^\0/u.test(id) && !id.startsWith("@oxc-project/runtime"),
    plugins: [literalWorkers(), smallStyles()],
    tsconfig: "tsconfig.json",
    platform: "neutral",
    transform: { target: "es2022" },
    treeshake: { moduleSideEffects: (id) => /\/src\/define(?:\/|\.ts)/u.test(id) },
  });
  await build.write({
    dir: OUTPUT,
    format: "es",
    preserveModules: true,
    preserveModulesRoot: ".",
    sourcemap: true,
    entryFileNames: ({ name }) => `${name.replace(/^.*@oxc-project.*\//u, "src/helpers/")}.js`,
  });
  await build.close();
}
