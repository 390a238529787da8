import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ref } from "lit/directives/ref.js";
import type { SeedSummary } from "../mfa/local-contract.ts";
import type { InventoryGrid } from "./inventory-grid.ts";
import type { InventoryList } from "./inventory-list.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import type { InventorySelection } from "./inventory-selection.ts";

/** What the list of tokens is drawn from. */
export interface TokenTable {
  readonly list: InventoryList;
  readonly grid: InventoryGrid;
  readonly selection: InventorySelection;
  readonly text: InventoryMessages;
  readonly onOpen: (serialNumber: string) => void;
}

/**
 * The tokens as a grid of which only the rows in sight are drawn; narrow screens show each row as a card of two lines. All rows
 * are of one height: what is too long for it is cut, and stands whole in the token's details.
 */
export function inventoryTable(view: TokenTable): TemplateResult {
  const { list, grid, text } = view;
  const total = list.total ?? 0;
  grid.beforeDrawing();
  const { first, end } = grid.scroll;
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  return html`<div
    ${ref(grid.scroller)}
    class="seeds"
    part="table"
    role="grid"
    tabindex="0"
    aria-labelledby="list-title"
    aria-describedby="grid-keys"
    aria-multiselectable="true"
    aria-rowcount=${total + 1}
    aria-activedescendant=${grid.active >= first && grid.active < end ? `row-${grid.active}` : nothing}
    @scroll=${grid.onScroll}
    @scrollend=${grid.onStill}
    @keydown=${grid.onKey}
  >
    <div class="head" role="rowgroup">
      <div class="row" role="row" aria-rowindex="1">
        <span role="columnheader"><span class="visually-hidden">${text.selectColumn}</span></span>
        <span role="columnheader">${text.serial}</span>
        <span role="columnheader">${text.kind}</span>
        <span role="columnheader">${text.model}</span>
        <span role="columnheader">${text.state}</span>
      </div>
    </div>
    <div class="rows" role="rowgroup">
      ${repeat(
        rows,
        (place) => place,
        (place) => row(place, view),
      )}
    </div>
  </div>`;
}

function row(place: number, view: TokenTable): TemplateResult {
  const { list, grid, selection, text } = view;
  const seed = list.at(place);
  const isChosen = seed !== null && selection.has(seed.serialNumber);
  return html`<div
    class="row"
    id="row-${place}"
    role="row"
    aria-rowindex=${place + 2}
    aria-selected=${String(isChosen)}
    ?data-active=${place === grid.active}
    @pointerdown=${() => grid.stand(place)}
  >
    ${seed ? cells(seed, isChosen, view) : html`<span role="gridcell" class="waiting">${text.rowLoading}</span>`}
  </div>`;
}

function cells(seed: SeedSummary, isChosen: boolean, { selection, text, onOpen }: TokenTable) {
  const { serialNumber, label } = seed;
  const toggle = (event: Event) => selection.set(serialNumber, (event.target as HTMLInputElement).checked);
  return html`<span role="gridcell" class="pick">
      <label>
        <input
          type="checkbox"
          tabindex="-1"
          aria-label=${text.select(serialNumber)}
          .checked=${isChosen}
          @change=${toggle}
        />
      </label>
    </span>
    <span role="rowheader" class="name">
      <button
        type="button"
        class="link"
        tabindex="-1"
        aria-label=${text.open(serialNumber)}
        @click=${() => onOpen(serialNumber)}
      >
        <bdi class="serial">${serialNumber}</bdi>
      </button>
      ${label === undefined ? nothing : html`<bdi class="label">${label}</bdi>`}
    </span>
    <span role="gridcell" class="kind">${kindOf(seed, text)}</span>
    <span role="gridcell" class="model">${modelOf(seed)}</span>
    <span role="gridcell" class="status">
      <span class="state" data-assigned=${String(seed.assigned)}>
        ${seed.assigned ? text.assigned : text.free}
      </span>
    </span>`;
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
