import { css } from "lit";

/** The list of tokens: a box that scrolls, a head that stays, rows of one height. Needs `inventoryStyles` beside it. */
export const inventoryGridStyles = css`
  .seeds {
    --_columns: 3rem minmax(9.5rem, 1.6fr) minmax(11.5rem, 1.2fr) minmax(6rem, 1.4fr) 6.5rem;
    --_row: 3rem;
    position: relative;
    max-block-size: min(34rem, 70vh);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 0.9375rem;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
  }
  .seeds:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .seeds .row {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    block-size: var(--_row);
    border-block-end: 1px solid var(--_border);
  }
  .seeds .row > * {
    min-inline-size: 0;
    padding-inline: 0.75rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .seeds .head {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }
  .seeds .rows {
    position: relative;
    overflow: clip;
  }
  .seeds .rows .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
  .seeds .rows .row:hover {
    background: var(--_raised);
  }
  .seeds .row[aria-selected="true"] {
    background: var(--_accent-soft);
  }
  .seeds:focus-visible .row[data-active] {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .seeds .pick {
    padding-inline: 0;
  }
  .seeds .pick label {
    display: grid;
    place-items: center;
    block-size: var(--_row);
    cursor: pointer;
  }
  .seeds .name {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .seeds .name button {
    flex: 0 0 auto;
    max-inline-size: 100%;
    justify-content: start;
    min-block-size: 2rem;
    min-inline-size: 0;
    padding: 0;
    font-weight: 550;
    overflow: hidden;
  }
  .seeds .serial,
  .seeds .label {
    max-inline-size: 100%;
    overflow: hidden;
    overflow-wrap: normal;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .seeds .label {
    flex: 0 1 auto;
    color: var(--_muted);
    font-weight: 400;
  }
  .seeds .waiting {
    grid-column: 2 / -1;
    color: var(--_muted);
  }
  .found {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    min-block-size: 1.75rem;
  }
  .found progress {
    flex: 0 1 10rem;
  }
  .found button {
    min-block-size: 1.75rem;
    padding-block: 0;
  }
  @container (max-width: 40rem) {
    .seeds {
      --_columns: 3rem minmax(0, 1fr) auto;
      --_row: 5.5rem;
    }
    .seeds .head {
      position: absolute;
      clip-path: inset(50%);
    }
    .seeds .row {
      grid-template-areas: "pick name status" "pick kind kind" "pick model model";
      align-content: center;
      gap: 0.125rem 0;
    }
    .seeds .row > * {
      padding-inline: 0 0.75rem;
    }
    .seeds .pick {
      grid-area: pick;
    }
    .seeds .row > .pick {
      padding-inline: 0;
    }
    .seeds .name {
      grid-area: name;
    }
    .seeds .status {
      grid-area: status;
    }
    .seeds .kind {
      grid-area: kind;
      color: var(--_muted);
      font-size: 0.8125rem;
    }
    .seeds .model {
      grid-area: model;
      color: var(--_muted);
      font-size: 0.8125rem;
    }
  }
  @media (forced-colors: active) {
    .seeds .row[aria-selected="true"] {
      outline: 1px dashed Highlight;
      outline-offset: -3px;
    }
    .seeds:focus-visible .row[data-active] {
      outline: 2px solid Highlight;
    }
  }
`;
