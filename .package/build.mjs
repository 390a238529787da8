// Builds the package into dist/package: ES modules file by file (so that whoever bundles them takes only what is used), the two
// workers and the one-file bundle, declarations, and what is generated from the manifest.
import { rmSync } from "node:fs";
import { buildBundle } from "./build-bundle.mjs";
import { buildDeclarations } from "./build-declarations.mjs";
import { buildModules } from "./build-modules.mjs";
import { buildWorkers } from "./build-workers.mjs";
import { OUTPUT } from "./entries.mjs";

rmSync(OUTPUT, { recursive: true, force: true });
await buildModules();
await buildWorkers();
await buildBundle();
buildDeclarations();
