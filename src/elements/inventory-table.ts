import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { SeedSummary } from "../mfa/local-contract.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import type { InventorySelection } from "./inventory-selection.ts";

/** The tokens as a table; narrow screens show each row as a card, with the column's name before each cell. */
export function inventoryTable(
  seeds: readonly SeedSummary[],
  text: InventoryMessages,
  selection: InventorySelection,
): TemplateResult {
  return html`<table class="tokens chosen" part="table" role="table" aria-labelledby="list-title">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col"><span class="visually-hidden">${text.selectColumn}</span></th>
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
        (seed) => row(seed, text, selection),
      )}
    </tbody>
  </table>`;
}

function row(seed: SeedSummary, text: InventoryMessages, selection: InventorySelection): TemplateResult {
  const { serialNumber } = seed;
  return html`<tr role="row">
    <td role="cell" class="pick">
      <label>
        <input
          type="checkbox"
          aria-label=${text.select(serialNumber)}
          .checked=${selection.has(serialNumber)}
          @change=${(event: Event) =>
            selection.set([serialNumber], (event.target as HTMLInputElement).checked)}
        />
      </label>
    </td>
    <th role="rowheader" scope="row"><bdi class="serial">${serialNumber}</bdi></th>
    <td role="cell" data-column=${text.kind}>${kindOf(seed, text)}</td>
    <td role="cell" data-column=${text.model}><span class="long">${modelOf(seed)}</span></td>
    <td role="cell" data-column=${text.state}>
      <span class="state" data-assigned=${String(seed.assigned)}>
        ${seed.assigned ? text.assigned : text.free}
      </span>
    </td>
  </tr>`;
}

/** What codes a token shows, in words. */
export function kindOf(
  { type, digits, periodSeconds }: Pick<SeedSummary, "type" | "digits" | "periodSeconds">,
  text: InventoryMessages,
): string {
  return type === "hotp" ? text.hotp(digits) : text.totp(digits, periodSeconds);
}

/** Manufacturer and model, each as it is written; a dash where neither is known. */
export function modelOf({ manufacturer, model }: Pick<SeedSummary, "manufacturer" | "model">) {
  const parts = [manufacturer, model].filter((part) => part !== undefined && part !== "");
  if (parts.length === 0) return "–";
  return parts.map((part, index) => html`${index === 0 ? "" : ", "}<bdi>${part}</bdi>`);
}
