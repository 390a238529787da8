import { html, nothing, type TemplateResult } from "lit";
import type { LastImport } from "../mfa/local-contract.ts";
import { renderAlert } from "./alert.ts";
import { columnsView } from "./import-columns-view.ts";
import { encodingView } from "./import-encoding-view.ts";
import type { ImportFlow } from "./import-flow.ts";
import { dropArea, type ImportIntake } from "./import-intake.ts";
import { keyView } from "./import-key-view.ts";
import { previewView } from "./import-preview-view.ts";
import { progressView } from "./import-progress-view.ts";
import { type ImportStep, isIdle } from "./import-steps.ts";
import { lastImportLine, undoneView } from "./import-undo-view.ts";
import { inventoryReport } from "./inventory-report.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** What the import part shows and whom it tells. */
export interface ImportView extends InventoryTexts {
  readonly flow: ImportFlow;
  readonly intake: ImportIntake;
  /** A remark that is no failure, or empty. */
  readonly notice: string;
  /** What could be undone, if anything. */
  readonly lastImport: LastImport | null;
  readonly onUndo: () => void;
}

/** One step of the import at a time; where a file can be chosen, with what came of the last one above. */
export function importView(view: ImportView): TemplateResult {
  const { text, flow, notice } = view;
  return html`<section id="import" aria-labelledby="import-title">
    <h2 id="import-title">${text.importTitle}</h2>
    ${stepView(view, flow.step)}
    ${isIdle(flow.step) ? dropArea(view, view.intake, flow.step.kind === "choose" && flow.step.wasStopped) : nothing}
    ${notice === "" ? nothing : renderAlert("warning", notice)}
    ${flow.step.kind === "choose" || flow.step.kind === "failed" ? lastImportLine(view) : nothing}
  </section>`;
}

function stepView(view: ImportView, step: ImportStep): TemplateResult | typeof nothing {
  const { text, flow } = view;
  switch (step.kind) {
    case "choose":
      return step.wasStopped ? html`<p class="muted">${text.cancelled}</p>` : nothing;
    case "reading":
    case "importing":
      return progressView(view, flow, step);
    case "key":
      return keyView(view, flow, step);
    case "encoding":
      return encodingView(view, flow, step);
    case "columns":
      return columnsView(view, flow, step);
    case "preview":
      return previewView(view, flow, step);
    case "failed":
      return html`<h3 tabindex="-1">${text.failedTitle}</h3>
        ${renderAlert("error", view.errorText(step.error), html`<p>${text.nothingChanged}</p>`)}
        ${
          step.canRetry
            ? html`<div>
                <button type="button" @click=${() => void flow.retry()}>${view.shared.tryAgain}</button>
              </div>`
            : nothing
        }`;
    case "done":
      return inventoryReport(view, step.report, view.onUndo);
    case "undone":
      return undoneView(view, step.report);
  }
}
