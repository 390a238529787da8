import { html, nothing, type TemplateResult } from "lit";
import type { LastImport, UndoReport } from "../mfa/local-contract.ts";
import { formatMoment } from "./formats.ts";
import { successIcon } from "./icons.ts";
import { SHOWN_ROWS } from "./import-skipped-view.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** The last import, also one of before a reload, with the button that takes it back. */
export function lastImportLine(
  view: InventoryTexts & { readonly lastImport: LastImport | null; readonly onUndo: () => void },
): TemplateResult | typeof nothing {
  const { lastImport, text, shared, number } = view;
  if (lastImport === null || lastImport.imported === 0) return nothing;
  const { imported, importedAtMs } = lastImport;
  return html`<div class="last-import">
    <span class="muted"
      >${text.lastImport(imported, number(imported), formatMoment(importedAtMs, shared))}</span
    >
    <button type="button" @click=${view.onUndo}>${text.undo}</button>
  </div>`;
}

/** What an undo did. */
export function undoneView({ text, number }: InventoryTexts, report: UndoReport): TemplateResult {
  const { removed, restored, kept } = report;
  const shown = kept.slice(0, SHOWN_ROWS);
  const more = kept.length - shown.length;
  return html`<div class="alert" data-kind="success">
      ${successIcon}
      <h3 tabindex="-1">${text.undone}</h3>
      <ul class="plain">
        <li>${text.removed(removed, number(removed))}</li>
        ${restored === 0 ? nothing : html`<li>${text.restored(restored, number(restored))}</li>`}
      </ul>
    </div>
    ${
      kept.length === 0
        ? nothing
        : html`<details open>
            <summary>${text.keptAssigned(kept.length, number(kept.length))}</summary>
            <ul class="duplicates">
              ${shown.map((serialNumber) => html`<li><bdi class="serial">${serialNumber}</bdi></li>`)}
            </ul>
            ${more > 0 ? html`<p class="count">${text.more(more, number(more))}</p>` : nothing}
          </details>`
    }`;
}
