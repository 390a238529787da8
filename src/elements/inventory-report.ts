import { html, nothing, type TemplateResult } from "lit";
import type { ImportReport } from "../mfa/local-contract.ts";
import { successIcon, warningIcon } from "./icons.ts";
import type { InventoryMessages } from "./inventory-messages.ts";

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
    ${
      duplicates.length === 0
        ? nothing
        : html`<details>
            <summary>${text.duplicates(duplicates.length, number(duplicates.length))}</summary>
            <ul class="duplicates">
              ${duplicates.map(
                ({ serialNumber, outcome }) =>
                  html`<li>
                    <span class="serial">${serialNumber}</span> – ${text.duplicateOutcome[outcome]}
                  </li>`,
              )}
            </ul>
          </details>`
    }
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
        ${skipped.map(
          ({ row, serialNumber, code, message }) =>
            html`<tr>
              <td>${number(row)}</td>
              <td class="serial">${serialNumber ?? "–"}</td>
              <td>${text.problems[code] ?? message}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
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
