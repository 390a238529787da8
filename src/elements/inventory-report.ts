import { html, nothing, type TemplateResult } from "lit";
import type { ImportReport } from "../mfa/local-contract.ts";
import { download } from "./download.ts";
import { successIcon, warningIcon } from "./icons.ts";
import { SHOWN_ROWS, skippedTable } from "./import-skipped-view.ts";
import { inventoryReportCsv } from "./inventory-report-csv.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** What an import did: how many tokens came in, which rows did not and why, which were known. */
export function inventoryReport(
  view: InventoryTexts,
  report: ImportReport,
  onUndo: () => void,
): TemplateResult {
  const { text } = view;
  const { imported, skippedCount, duplicateCount } = report;
  const isClean = skippedCount === 0 && imported > 0;
  const save = () => download("import-report.csv", "text/csv", inventoryReportCsv(report, text));
  return html`
    <div class="alert" data-kind=${isClean ? "success" : "warning"} part="report">
      ${isClean ? successIcon : warningIcon}
      <h3 tabindex="-1">${inventoryReportLine(view, report)}</h3>
      <p>${text.deleteFile}</p>
    </div>
    ${skippedTable(view, report)} ${duplicateCount === 0 ? nothing : duplicateList(view, report)}
    ${
      skippedCount + duplicateCount + imported === 0
        ? nothing
        : html`<div class="actions">
            ${
              skippedCount + duplicateCount === 0
                ? nothing
                : html`<button type="button" @click=${save}>${text.downloadReport}</button>`
            }
            ${imported === 0 ? nothing : html`<button type="button" @click=${onUndo}>${text.undo}</button>`}
          </div>`
    }
  `;
}

function duplicateList(
  { text, number }: InventoryTexts,
  { duplicates, duplicateCount }: ImportReport,
): TemplateResult {
  const shown = duplicates.slice(0, SHOWN_ROWS);
  const more = duplicateCount - shown.length;
  return html`<details>
    <summary>${text.duplicates(duplicateCount, number(duplicateCount))}</summary>
    <ul class="duplicates">
      ${shown.map(
        ({ serialNumber, outcome }) =>
          html`<li><bdi class="serial">${serialNumber}</bdi> – ${text.duplicateOutcome[outcome]}</li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="count">${text.more(more, number(more))}</p>` : nothing}
  </details>`;
}

/** The result in one line. */
export function inventoryReportLine(
  { text, number }: InventoryTexts,
  { imported, skippedCount }: ImportReport,
): string {
  const line = text.imported(imported, number(imported));
  return skippedCount === 0 ? line : `${line}, ${text.refused(skippedCount, number(skippedCount))}`;
}
