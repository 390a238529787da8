import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "./alert.ts";
import type { InventoryGrid } from "./inventory-grid.ts";
import type { InventoryFilter, InventoryList } from "./inventory-list.ts";
import type { InventorySelection } from "./inventory-selection.ts";
import { inventoryTable } from "./inventory-table.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

const FILTERS: readonly InventoryFilter[] = ["all", "assigned", "free"];

/** What the list shows and whom it tells. */
export interface ListView extends InventoryTexts {
  readonly list: InventoryList;
  readonly grid: InventoryGrid;
  readonly selection: InventorySelection;
  /** Why nothing can be exported yet, or empty. */
  readonly exportNotice: string;
  readonly onExport: () => void;
  readonly onRetire: () => void;
  readonly onSearch: (event: InputEvent) => void;
  readonly onFilter: (event: Event) => void;
  readonly onOpen: (serialNumber: string) => void;
  /** The panel that finds a token by its codes; null while it is closed. */
  readonly identify: TemplateResult | null;
  readonly onIdentify: () => void;
  /** The token that is looked at, what was done last, and the tokens out of use; each where there is one. */
  readonly details: TemplateResult | typeof nothing;
  readonly last: TemplateResult | typeof nothing;
  readonly retired: TemplateResult | typeof nothing;
}

/** The tokens, with search and filter above them. */
export function listView(view: ListView): TemplateResult {
  const { text, list } = view;
  const { total } = list;
  return html`<section aria-labelledby="list-title">
    <h2 id="list-title">${text.listTitle}</h2>
    <div class="tools">
      <div class="field">
        <label for="search">${text.search}</label>
        <input id="search" type="search" autocomplete="off" spellcheck="false" @input=${view.onSearch} />
      </div>
      <div class="field">
        <label for="filter">${text.show}</label>
        <select id="filter" @change=${view.onFilter}>
          ${FILTERS.map((filter) => html`<option .value=${filter}>${text.filter[filter]}</option>`)}
        </select>
      </div>
      <button
        type="button"
        aria-expanded=${String(view.identify !== null)}
        aria-controls="identify"
        @click=${view.onIdentify}
      >
        ${view.identify ? text.identifyClose : text.identifyTitle}
      </button>
    </div>
    <div id="identify" class="panel" ?hidden=${view.identify === null}>${view.identify ?? nothing}</div>
    ${view.last} ${view.details} ${countLine(view)}
    ${list.error === null ? nothing : html`<div role="alert">${renderAlert("error", view.errorText(list.error))}</div>`}
    ${total ? [selectionBar(view, total), inventoryTable(view), keysHint(view)] : nothing}
    ${total === 0 && !list.looking ? html`<p class="muted">${emptyText(view)}</p>` : nothing} ${view.retired}
  </section>`;
}

/** How many there are. How far a long search is does not belong into a live region: it changes many times a second. */
function countLine({ text, number, list, shared }: ListView): TemplateResult {
  const { total, looking } = list;
  const words = (count: number) =>
    looking ? text.foundSoFar(count, number(count)) : text.found(count, number(count));
  const percent = new Intl.NumberFormat(shared.locale, { style: "percent" });
  return html`<div class="found">
    <p class="count" role="status">${total === null ? shared.loading : words(total)}</p>
    ${
      looking
        ? html`<progress
              aria-label=${text.search}
              max=${Math.max(1, looking.total)}
              .value=${looking.done}
            ></progress>
            <span class="count"
              >${text.looking(percent.format(looking.done / Math.max(1, looking.total)))}</span
            >
            <button type="button" class="link" @click=${() => list.stop()}>${text.stopLooking}</button>`
        : nothing
    }
  </div>`;
}

function keysHint({ text }: ListView): TemplateResult {
  return html`<p class="hint keys" id="grid-keys">${text.gridKeys}</p>`;
}

function selectionBar(view: ListView, total: number): TemplateResult {
  const { text, number, selection, list, exportNotice } = view;
  const { count } = selection;
  const { whole } = list;
  const isAll = whole
    ? whole.every(({ serialNumber }) => selection.has(serialNumber))
    : selection.isAll && count === total;
  const toggle = (event: Event) => {
    const { checked } = event.target as HTMLInputElement;
    if (whole && !selection.isAll) {
      for (const { serialNumber } of whole) selection.set(serialNumber, checked);
    } else if (checked) selection.setAll(list.seedFilter, total);
    else selection.clear();
  };
  return html`<div class="selection">
      <label class="check">
        <input type="checkbox" .checked=${isAll} .indeterminate=${count > 0 && !isAll} @change=${toggle} />
        ${text.selectAll(total, number(total))}
      </label>
      ${
        count === 0
          ? nothing
          : html`<span class="count">${text.selected(count, number(count))}</span>
              <button type="button" class="link" @click=${() => selection.clear()}>
                ${text.clearSelection}
              </button>`
      }
      <span class="export">
        <button type="button" aria-describedby="export-notice" @click=${view.onRetire}>${text.retire}</button>
        <button type="button" aria-describedby="export-notice" @click=${view.onExport}>${text.export}</button>
      </span>
    </div>
    <p class="error" id="export-notice" ?hidden=${exportNotice === ""}>${exportNotice}</p>`;
}

function emptyText({ text, list }: ListView): string {
  const isFiltered = list.query.text.trim() !== "" || list.query.filter !== "all";
  return isFiltered ? text.noMatch : text.empty;
}
