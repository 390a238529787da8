/**
 * `oath-bridge/seeds`: reads the seed files that come with hardware tokens. Pure: no DOM, no storage; runs unchanged in a
 * page, a worker and Node.
 */
export { SeedFileError, type SeedFileErrorCode } from "./errors.ts";
export { readSeedFile } from "./read-seed-file.ts";
export type { ReadSeedFileOptions, SeedFileReport, SeedFormat, SeedProblem, SkippedRow } from "./report.ts";
export type { SeedFileSource } from "./source-text.ts";
