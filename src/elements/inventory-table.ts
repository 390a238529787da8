import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { SeedSummary } from "../mfa/local-contract.ts";
import type { InventoryMessages } from "./inventory-messages.ts";

/** The tokens as a table; narrow screens show each row as a card, with the column's name before each cell. */
export function inventoryTable(seeds: readonly SeedSummary[], text: InventoryMessages): TemplateResult {
  return html`<table class="tokens" part="table" role="table" aria-labelledby="list-title">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${text.serial}</th>
        <th role="columnheader" scope="col">${text.kind}</th>
        <th role="columnheader" scope="col">${text.model}</th>
        <th role="columnheader" scope="col">${text.state}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        seeds,
        ({ serialNumber }) => serialNumber,
        (seed) =>
          html`<tr role="row">
            <th role="rowheader" scope="row"><bdi class="serial">${seed.serialNumber}</bdi></th>
            <td role="cell" data-column=${text.kind}>${kindOf(seed, text)}</td>
            <td role="cell" data-column=${text.model}><span class="long">${modelOf(seed)}</span></td>
            <td role="cell" data-column=${text.state}>
              <span class="state" data-assigned=${String(seed.assigned)}>
                ${seed.assigned ? text.assigned : text.free}
              </span>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function kindOf({ type, digits, periodSeconds }: SeedSummary, text: InventoryMessages): string {
  return type === "hotp" ? text.hotp(digits) : text.totp(digits, periodSeconds);
}

function modelOf({ manufacturer, model }: SeedSummary) {
  const parts = [manufacturer, model].filter((part) => part !== undefined && part !== "");
  if (parts.length === 0) return "–";
  return parts.map((part, index) => html`${index === 0 ? "" : ", "}<bdi>${part}</bdi>`);
}
