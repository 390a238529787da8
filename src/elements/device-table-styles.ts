import { css } from "lit";

/** The list of devices: a table, which becomes a stack of cards where its element is narrow. */
export const deviceTableStyles = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    border-block-start: 1px solid var(--_border);
    font-size: 0.9375rem;
  }

  th,
  td {
    padding: 0.875rem 0.75rem;
    text-align: start;
    vertical-align: top;
  }

  th {
    background: var(--_raised);
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
  }

  :is(th, td):first-child {
    inline-size: 3rem;
    padding-inline-start: 1.5rem;
  }

  :is(th, td):last-child {
    padding-inline-end: 1.5rem;
  }

  tbody tr {
    border-block-start: 1px solid var(--_border);
    cursor: pointer;
  }

  tbody tr:hover {
    background: var(--_raised);
  }

  tbody tr.selected {
    background: var(--_accent-soft);
  }

  td.name {
    display: flex;
    gap: 0.5rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  td.name svg {
    flex: none;
    margin-block-start: 0.125rem;
    color: var(--_muted);
  }

  /* A usual number stays in one piece; only one of unusual length is broken. */
  td .serial {
    display: inline-block;
    max-inline-size: min(14rem, 20cqi);
    overflow-wrap: break-word;
  }

  td.choice input {
    display: block;
    inline-size: 1.5rem;
    block-size: 1.5rem;
  }

  .status {
    display: grid;
    gap: 0.125rem;
  }

  .status .muted {
    font-size: 0.8125rem;
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    color: var(--_success);
    font-weight: 600;
    white-space: nowrap;
  }

  .state svg {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  .state[data-state="out-of-sync"] {
    color: var(--_warning);
  }

  .state[data-state="locked"] {
    color: var(--_danger);
  }

  @container (inline-size < 48rem) {
    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
      overflow: hidden;
    }

    table,
    tbody {
      display: block;
    }

    tbody tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0.25rem 0.875rem;
      padding: 1rem 1.25rem;
    }

    td,
    td:first-child,
    td:last-child {
      inline-size: auto;
      padding: 0.125rem 0;
    }

    td:not(.choice) {
      grid-column: 2;
    }

    td .serial {
      max-inline-size: 100%;
    }

    td[data-label] {
      display: grid;
      grid-template-columns: 5.5rem minmax(0, 1fr);
      gap: 0.5rem;
    }

    td[data-label]::before {
      content: attr(data-label);
      color: var(--_muted);
    }
  }

  @media (forced-colors: active) {
    tbody tr.selected {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
