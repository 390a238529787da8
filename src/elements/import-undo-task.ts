import { html, nothing } from "lit";
import type { LastImport, LocalMfaService, UndoReport } from "../mfa/local-contract.ts";
import type { ImportStep } from "./import-steps.ts";
import type { InventoryTask } from "./inventory-dialog.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** An import that can be taken back. */
export interface UndoableImport {
  readonly importId: string;
  /** Tokens written. */
  readonly imported: number;
  /** How many of them took the place of others; null where nobody remembers. */
  readonly replaced: number | null;
}

/** The import on view, else the last one there was. */
export function undoableOf(step: ImportStep, last: LastImport | null): UndoableImport | null {
  if (step.kind !== "done") return last && { ...last, replaced: null };
  const { importId, imported, duplicates, duplicateCount } = step.report;
  const isWhole = duplicates.length === duplicateCount;
  const replaced = duplicates.filter(({ outcome }) => outcome === "replaced").length;
  return { importId, imported, replaced: isWhole ? replaced : null };
}

/** Asks whether an import shall be taken back, and does it. It cannot be stopped half way. */
export function undoTask(
  { text, number }: InventoryTexts,
  service: LocalMfaService,
  { importId, imported, replaced }: UndoableImport,
  onUndone: (report: UndoReport) => void,
): InventoryTask {
  const brought = imported - (replaced ?? 0);
  return {
    title: text.undoTitle,
    action: text.undo,
    working: text.undoing,
    isDanger: true,
    canStop: false,
    render: () =>
      html`${brought === 0 ? nothing : html`<p>${text.undoText(brought, number(brought))}</p>`}
        ${replaced === 0 ? nothing : html`<p>${replaced === null ? text.undoReplacedAny : text.undoReplaced(replaced, number(replaced))}</p>`}
        <p>${text.undoKept}</p>`,
    submit: async (_, { onProgress }) => {
      const report = await service.undoImport(importId, { onProgress });
      return () => onUndone(report);
    },
  };
}
