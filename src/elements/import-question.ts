import { OathError } from "../core/errors.ts";
import type { SeedFileError } from "../seeds/errors.ts";
import type { ImportAnswers } from "./import-answers.ts";
import type { ImportStep, StepOf } from "./import-steps.ts";

/** True for an error of the seed file itself: trying again changes nothing. By its name, for it may come from a worker. */
export function isSeedFileError(error: unknown): error is SeedFileError {
  return error instanceof OathError && error.name === "SeedFileError";
}

/**
 * The question that would let a file be read after all; null where none would. `asked` is the question before, if its
 * answer was just tried.
 */
export function questionFor(
  error: unknown,
  asked: StepOf<"key" | "encoding" | "columns"> | null,
  answers: ImportAnswers,
): ImportStep | null {
  if (!isSeedFileError(error)) return null;
  const { needs, keyBytes, columnCount, columnNames = [] } = error.details;
  if (error.code === "wrong-key") {
    const before = asked?.kind === "key" ? asked : null;
    return {
      kind: "key",
      needs: before?.needs ?? (keyBytes === undefined ? "password" : "key"),
      keyBytes: keyBytes ?? before?.keyBytes ?? null,
      problem: error,
    };
  }
  switch (needs) {
    case "key":
    case "password":
      return { kind: "key", needs, keyBytes: keyBytes ?? null, problem: null };
    case "secretEncoding":
      return { kind: "encoding", error, isMissing: false };
    case "columns": {
      const count = columnCount ?? columnNames.length;
      if (count === 0) return null;
      const { choice } = answers.table ?? {};
      return {
        kind: "columns",
        table: { count, names: columnNames },
        choice: choice?.length === count ? choice : Array.from({ length: count }, () => null),
        isTried: false,
        error: asked?.kind === "columns" ? error : null,
      };
    }
    default:
      return null;
  }
}
