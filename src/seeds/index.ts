/**
 * `oath-bridge/seeds`: reads the seed files that come with hardware tokens, and writes PSKC. Pure: no DOM, no storage; runs unchanged in a
 * page, a worker and Node.
 */
export { SeedFileError, type SeedFileErrorCode, type SeedFileErrorDetails } from "./errors.ts";
export { SeedExportError, type SeedExportErrorCode } from "./pskc-export/errors.ts";
export { exportPskc, type ExportPskcOptions } from "./pskc-export/export-pskc.ts";
export { readSeedBlocks, readSeedFile } from "./read-seed-file.ts";
export type {
  ColumnRole,
  DecidedEncoding,
  ReadSeedFileOptions,
  SeedBlock,
  SeedDefaults,
  SeedFileReport,
  SeedFileSummary,
  SeedFormat,
  SeedProblem,
  SkippedRow,
} from "./report.ts";
export type { SeedFileSource } from "./source.ts";
