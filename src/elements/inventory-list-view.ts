import { html, nothing, type TemplateResult } from "lit";
import type { SeedSummary } from "../mfa/local-contract.ts";
import { renderAlert } from "./alert.ts";
import type { InventoryFilter, InventoryList } from "./inventory-list.ts";
import type { InventorySelection } from "./inventory-selection.ts";
import { inventoryTable } from "./inventory-table.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

const FILTERS: readonly InventoryFilter[] = ["all", "assigned", "free"];

/** What the list shows and whom it tells. */
export interface ListView extends InventoryTexts {
  readonly list: InventoryList;
  readonly selection: InventorySelection;
  /** Why nothing can be exported yet, or empty. */
  readonly exportNotice: string;
  readonly onExport: () => void;
  readonly onSearch: (event: InputEvent) => void;
  readonly onFilter: (event: Event) => void;
  readonly onMore: () => void;
}

/** The tokens, with search and filter above them. */
export function listView(view: ListView): TemplateResult {
  const { text, list } = view;
  const { seeds } = list;
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
    </div>
    <p class="count" role="status">
      ${seeds ? text.shown(seeds.length, view.number(seeds.length), list.hasMore) : view.shared.loading}
    </p>
    ${list.error === null ? nothing : html`<div role="alert">${renderAlert("error", view.errorText(list.error))}</div>`}
    ${seeds && seeds.length > 0 ? [selectionBar(view, seeds), inventoryTable(seeds, text, view.selection)] : nothing}
    ${seeds && seeds.length === 0 ? html`<p class="muted">${emptyText(view)}</p>` : nothing}
    ${
      list.hasMore
        ? html`<div class="actions">
            <button type="button" @click=${view.onMore}>${text.showMore}</button>
          </div>`
        : nothing
    }
  </section>`;
}

function selectionBar(view: ListView, seeds: readonly SeedSummary[]): TemplateResult {
  const { text, number, selection, exportNotice } = view;
  const shown = seeds.map(({ serialNumber }) => serialNumber);
  const count = selection.serialNumbers.length;
  const isAll = shown.every((serialNumber) => selection.has(serialNumber));
  const isSome = shown.some((serialNumber) => selection.has(serialNumber));
  const toggle = (event: Event) => selection.set(shown, (event.target as HTMLInputElement).checked);
  return html`<div class="selection">
      <label class="check">
        <input type="checkbox" .checked=${isAll} .indeterminate=${isSome && !isAll} @change=${toggle} />
        ${text.selectShown}
      </label>
      ${
        count === 0
          ? nothing
          : html`<span class="count">${text.selected(count, number(count))}</span>
              <button type="button" class="link" @click=${() => selection.clear()}>
                ${text.clearSelection}
              </button>`
      }
      <button type="button" class="export" aria-describedby="export-notice" @click=${view.onExport}>
        ${text.export}
      </button>
    </div>
    <p class="error" id="export-notice" ?hidden=${exportNotice === ""}>${exportNotice}</p>`;
}

function emptyText({ text, list }: ListView): string {
  const isFiltered = list.query.text.trim() !== "" || list.query.filter !== "all";
  return isFiltered ? text.noMatch : text.empty;
}
