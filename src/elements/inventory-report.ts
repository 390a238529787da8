import { html, nothing, type TemplateResult } from "lit";
import type { ImportReport } from "../mfa/local-contract.ts";
import { download } from "./download.ts";
import { successIcon, warningIcon } from "./icons.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import { inventoryReportCsv } from "./inventory-report-csv.ts";

/** A file may have ten thousands of bad rows, and drawing them all would hold up the page. The rest is in the CSV. */
const SHOWN_ROWS = 100;

/** What an import did: how many tokens came in, which rows did not and why, which were known. */
export function inventoryReport(
  report: ImportReport,
  text: InventoryMessages,
  number: (count: number) => string,
): TemplateResult {
  const { imported, skipped, duplicates } = report;
  const isClean = skipped.length === 0 && imported > 0;
  return html`
    <div class="alert" data-kind=${isClean ? "success" : "warning"} part="report">
      ${isClean ? successIcon : warningIcon}
      <p><strong>${text.imported(imported, number(imported))}</strong></p>
      <p>${text.deleteFile}</p>
    </div>
    ${skipped.length === 0 ? nothing : skippedTable(report, text, number)}
    ${duplicates.length === 0 ? nothing : duplicateList(report, text, number)}
    ${skipped.length + duplicates.length === 0 ? nothing : downloadButton(report, text)}
  `;
}

function skippedTable(
  { skipped }: ImportReport,
  text: InventoryMessages,
  number: (count: number) => string,
): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="skipped">
      <table>
        <caption id="skipped">
          ${text.skipped(skipped.length, number(skipped.length))}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text.row}</th>
            <th scope="col">${text.serial}</th>
            <th scope="col">${text.reason}</th>
          </tr>
        </thead>
        <tbody>
          ${skipped.slice(0, SHOWN_ROWS).map(
            ({ row, serialNumber, code, message }) =>
              html`<tr>
                <td>${number(row)}</td>
                <td><bdi class="serial">${serialNumber ?? "–"}</bdi></td>
                <td class="long"><bdi>${text.problems[code] ?? message}</bdi></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${moreText(skipped.length, text, number)}`;
}

function duplicateList(
  { duplicates }: ImportReport,
  text: InventoryMessages,
  number: (count: number) => string,
): TemplateResult {
  return html`<details>
    <summary>${text.duplicates(duplicates.length, number(duplicates.length))}</summary>
    <ul class="duplicates">
      ${duplicates
        .slice(0, SHOWN_ROWS)
        .map(
          ({ serialNumber, outcome }) =>
            html`<li><bdi class="serial">${serialNumber}</bdi> – ${text.duplicateOutcome[outcome]}</li>`,
        )}
    </ul>
    ${moreText(duplicates.length, text, number)}
  </details>`;
}

function moreText(total: number, text: InventoryMessages, number: (count: number) => string) {
  const more = total - SHOWN_ROWS;
  return more > 0 ? html`<p class="count">${text.more(more, number(more))}</p>` : nothing;
}

function downloadButton(report: ImportReport, text: InventoryMessages): TemplateResult {
  const save = () => download("import-report.csv", "text/csv", inventoryReportCsv(report, text));
  return html`<div><button type="button" @click=${save}>${text.downloadReport}</button></div>`;
}

/** One line for the live region, saying the same as the report. */
export function inventoryReportLine(
  { imported, skipped, duplicates }: ImportReport,
  text: InventoryMessages,
  number: (count: number) => string,
): string {
  const parts = [text.imported(imported, number(imported))];
  if (skipped.length > 0) parts.push(text.skipped(skipped.length, number(skipped.length)));
  if (duplicates.length > 0) parts.push(text.duplicates(duplicates.length, number(duplicates.length)));
  return `${parts.join(", ")}.`;
}
