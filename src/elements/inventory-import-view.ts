import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "./alert.ts";
import type { ImportState } from "./inventory-importer.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import { inventoryReport } from "./inventory-report.ts";
import { isolated } from "./isolated.ts";
import type { Messages } from "./messages.ts";

/** What the import part shows and whom it tells. */
export interface ImportView {
  readonly text: InventoryMessages;
  readonly shared: Messages;
  readonly number: (count: number) => string;
  readonly errorText: (error: unknown) => string;
  readonly importState: ImportState;
  /** True while a file is held over the area. */
  readonly isOver: boolean;
  /** A remark that is no failure, or empty. */
  readonly notice: string;
  readonly onChoose: () => void;
  readonly onChosen: (event: Event) => void;
  readonly onCancel: () => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Choose or drop a file, watch it being read, see what came of it. */
export function importView(view: ImportView): TemplateResult {
  const { text } = view;
  return html`<section aria-labelledby="import-title">
    <h2 id="import-title">${text.importTitle}</h2>
    <div
      class=${view.isOver ? "drop over" : "drop"}
      part="drop"
      @dragover=${view.onDragOver}
      @dragleave=${view.onDragLeave}
      @drop=${view.onDrop}
    >
      <button class="primary" type="button" aria-describedby="import-hint" @click=${view.onChoose}>
        ${text.chooseFile}
      </button>
      <span class="muted">${text.dropHere}</span>
      <span id="import-hint" class="hint">${text.importHint}</span>
      <input type="file" hidden aria-label=${text.seedFile} @change=${view.onChosen} />
    </div>
    ${outcome(view)} ${view.notice === "" ? nothing : html`<p class="error">${view.notice}</p>`}
  </section>`;
}

function outcome(view: ImportView): TemplateResult | typeof nothing {
  const { text, importState } = view;
  switch (importState.kind) {
    case "idle":
      return nothing;
    case "reading":
      return progress(view, importState.fileName, importState.done, importState.total);
    case "cancelled":
      return html`<p class="muted">${text.cancelled}</p>`;
    case "failed":
      return renderAlert("error", view.errorText(importState.error), html`<p>${text.nothingChanged}</p>`);
    case "done":
      return inventoryReport(importState.report, text, view.number);
  }
}

function progress(view: ImportView, fileName: string, done: number, total: number): TemplateResult {
  const { text, number } = view;
  // Without a total the bar has no value, and says only that something is going on.
  const isKnown = total > 0;
  return html`<div class="progress">
    <span class="long">${isolated(text.reading(fileName), fileName)}</span>
    <progress
      aria-label=${text.reading(fileName)}
      max=${isKnown ? total : nothing}
      value=${isKnown ? done : nothing}
    ></progress>
    <span class="count">${text.rowsRead(number(done), isKnown ? number(total) : null)}</span>
    <button type="button" @click=${view.onCancel}>${view.shared.cancel}</button>
  </div>`;
}
