import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "./alert.ts";
import type { InventoryFilter, InventoryList } from "./inventory-list.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import { inventoryTable } from "./inventory-table.ts";
import type { Messages } from "./messages.ts";

const FILTERS: readonly InventoryFilter[] = ["all", "assigned", "free"];

/** What the list shows and whom it tells. */
export interface ListView {
  readonly text: InventoryMessages;
  readonly shared: Messages;
  readonly number: (count: number) => string;
  readonly errorText: (error: unknown) => string;
  readonly list: InventoryList;
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
    ${seeds && seeds.length > 0 ? inventoryTable(seeds, text) : nothing}
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

function emptyText({ text, list }: ListView): string {
  const isFiltered = list.query.text.trim() !== "" || list.query.filter !== "all";
  return isFiltered ? text.noMatch : text.empty;
}
