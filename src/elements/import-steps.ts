import type { ImportReport, SeedFilePreview, UndoReport } from "../mfa/local-contract.ts";
import type { ColumnChoice, TableColumns } from "./import-columns.ts";

/** What happens to tokens that are here already. */
export type DuplicateChoice = "keep" | "replace";

/** Where an import stands. */
export type ImportStep =
  /** Waiting for a file. `wasStopped`: the last one was given up. */
  | { readonly kind: "choose"; readonly wasStopped: boolean }
  /** The file is read for the preview. A total of 0 is not known. */
  | { readonly kind: "reading"; readonly done: number; readonly total: number }
  /** `problem`: why the last answer was of no use; null at first. */
  | {
      readonly kind: "key";
      readonly needs: "key" | "password";
      readonly keyBytes: number | null;
      readonly problem: unknown;
    }
  | { readonly kind: "encoding"; readonly error: unknown; readonly isMissing: boolean }
  | {
      readonly kind: "columns";
      readonly table: TableColumns;
      readonly choice: ColumnChoice;
      /** True once Continue was pressed: only then is something missing. */
      readonly isTried: boolean;
      /** What the reader said to the last choice. */
      readonly error: unknown;
    }
  | {
      readonly kind: "preview";
      readonly preview: SeedFilePreview;
      readonly onDuplicate: DuplicateChoice;
      /** How the last attempt to import ended, if there was one. */
      readonly lastTry: "none" | "stopped" | { readonly error: unknown };
    }
  | {
      readonly kind: "importing";
      readonly done: number;
      readonly total: number;
      /** Cancel was pressed, and the service has not answered yet: it may have been too late. */
      readonly isStopping: boolean;
    }
  | { readonly kind: "failed"; readonly error: unknown; readonly canRetry: boolean }
  | { readonly kind: "done"; readonly report: ImportReport }
  | { readonly kind: "undone"; readonly report: UndoReport };

/** A step of one kind. */
export type StepOf<Kind extends ImportStep["kind"]> = Extract<ImportStep, { readonly kind: Kind }>;

/** True where a file can be chosen: nothing is under way that another file would interrupt. */
export function isIdle(step: ImportStep): step is StepOf<"choose" | "failed" | "done" | "undone"> {
  return step.kind === "choose" || step.kind === "failed" || step.kind === "done" || step.kind === "undone";
}

/** Tokens of the file that the inventory has and that nobody owns: those that can be replaced. */
export function replaceableCount({ knownCount, assignedCount }: SeedFilePreview): number {
  return knownCount - assignedCount;
}

/** Tokens that an import would write. */
export function importableCount(preview: SeedFilePreview, onDuplicate: DuplicateChoice): number {
  const fresh = preview.tokenCount - preview.knownCount;
  return onDuplicate === "replace" ? fresh + replaceableCount(preview) : fresh;
}
