import { css } from "lit";

/** Import, report and list. Needs `themeStyles` and `controlStyles` beside it. */
export const inventoryStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2rem;
    container-type: inline-size;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  h2 {
    font-size: 1.25rem;
  }
  .drop {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1rem;
    padding: 1.25rem;
    border: 2px dashed var(--_border);
    border-radius: var(--_radius);
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1rem;
  }
  progress {
    flex: 1 1 10rem;
    block-size: 0.75rem;
    accent-color: var(--_accent);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 1rem;
  }
  .tools .field:first-child {
    flex: 1 1 14rem;
  }
  .tools .field input {
    max-inline-size: none;
  }
  .panel {
    padding: 1.25rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .tools select {
    min-inline-size: 9rem;
  }
  .scroll {
    max-block-size: 20rem;
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .scroll:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.9375rem;
  }
  caption {
    padding: 0.75rem;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 0.75rem;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: baseline;
  }
  thead th {
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }
  tbody th {
    font-weight: 500;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  .long {
    overflow-wrap: anywhere;
  }
  /* A usual number stays in one piece; only one of unusual length is broken. */
  :is(th, td) .serial {
    display: inline-block;
    max-inline-size: 16rem;
    overflow-wrap: break-word;
  }
  /* A long text leaves the other columns their width. */
  td > .long {
    display: inline-block;
    max-inline-size: 20rem;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.4375rem;
    white-space: nowrap;
  }
  .state::before {
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border: 1.5px solid var(--_muted);
    border-radius: 50%;
    content: "";
  }
  .state[data-assigned="true"]::before {
    border-color: var(--_success);
    background: var(--_success);
    forced-color-adjust: none;
  }
  .duplicates {
    display: grid;
    gap: 0.25rem;
    margin-block-start: 0.5rem;
    padding-inline-start: 1.25rem;
  }
  .count {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .actions {
    justify-content: center;
  }
  @container (max-width: 36rem) {
    :is(th, td) :is(.serial, .long) {
      max-inline-size: 100%;
      overflow-wrap: anywhere;
    }
    .tokens thead {
      position: absolute;
      clip-path: inset(50%);
    }
    .tokens,
    .tokens tbody {
      display: block;
    }
    .tokens tr {
      display: grid;
      gap: 0.25rem;
      padding-block: 0.875rem;
      border-block-end: 1px solid var(--_border);
    }
    .tokens tr:last-child {
      border-block-end: 0;
    }
    .tokens tbody > tr > * {
      display: grid;
      grid-template-columns: 5.5rem minmax(0, 1fr);
      padding: 0;
      border: 0;
    }
    .tokens tbody th {
      grid-template-columns: minmax(0, 1fr);
      font-weight: 650;
    }
    .tokens td::before {
      color: var(--_muted);
      content: attr(data-column);
    }
  }
`;
