import { html, nothing, type TemplateResult } from "lit";
import type { SkippedRow } from "../seeds/report.ts";
import { warningIcon } from "./icons.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** A file may have ten thousands of bad rows, and drawing them all would hold up the page. The rest is in the CSV. */
export const SHOWN_ROWS = 100;

/** The rows that are refused, each with its reason. */
export function skippedTable(
  { text, number }: InventoryTexts,
  { skipped, skippedCount }: { readonly skipped: readonly SkippedRow[]; readonly skippedCount: number },
): TemplateResult | typeof nothing {
  if (skippedCount === 0) return nothing;
  const shown = skipped.slice(0, SHOWN_ROWS);
  const more = skippedCount - shown.length;
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="skipped">
      <table class="tokens" role="table" aria-labelledby="skipped">
        <caption id="skipped">
          ${text.skipped(skippedCount, number(skippedCount))}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${text.row}</th>
            <th role="columnheader" scope="col">${text.serial}</th>
            <th role="columnheader" scope="col">${text.reason}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${shown.map(
            ({ row, serialNumber, code, message }) =>
              html`<tr role="row">
                <td role="cell" data-column=${text.row}>${number(row)}</td>
                <td role="cell" data-column=${text.serial}>
                  <bdi class="serial">${serialNumber ?? "–"}</bdi>
                </td>
                <td role="cell" class="long" data-column=${text.reason}>
                  <span class="mark">${warningIcon} <bdi>${text.problems[code] ?? message}</bdi></span>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="count">${text.more(more, number(more))}</p>` : nothing}`;
}
