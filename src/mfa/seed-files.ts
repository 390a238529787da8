import type { exportPskc as ExportPskc } from "../seeds/pskc-export/export-pskc.ts";
import type { readSeedBlocks as ReadSeedBlocks } from "../seeds/read-seed-file.ts";
import { loadPart } from "./load-part.ts";

// Most of a worker's code reads files of many forms, and most of its lives it meets none: loaded when it does.

/** See `readSeedBlocks` of the seeds. */
export const readSeedBlocks: typeof ReadSeedBlocks = async (...args) => {
  const reader = await loadPart(() => import("../seeds/read-seed-file.ts"));
  return await reader.readSeedBlocks(...args);
};

/** See `exportPskc` of the seeds. */
export const exportPskc: typeof ExportPskc = async (...args) => {
  const writer = await loadPart(() => import("../seeds/pskc-export/export-pskc.ts"));
  return await writer.exportPskc(...args);
};
