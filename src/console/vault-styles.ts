import { css } from "lit";

/** The sections of the vault's page. Needs `themeStyles`, `controlStyles` and `pageStyles` beside it. */
export const vaultStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  section,
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-content: start;
  }
  section > p,
  form > p {
    max-inline-size: 44rem;
  }
  details {
    display: grid;
    gap: 1rem;
  }
  summary {
    min-block-size: 2.75rem;
    align-content: center;
    cursor: pointer;
    color: var(--_accent);
    font-weight: 600;
  }
  details > :not(summary) {
    margin-block-end: 1rem;
  }
  h2 {
    font-size: 1.1875rem;
  }
  .muted {
    color: var(--_muted);
  }
  .messages .note,
  .field .error {
    min-block-size: 0;
  }
  .field .hint:empty {
    display: none;
  }
  input[type="file"]::file-selector-button {
    min-block-size: 2.75rem;
    margin-inline-end: 0.75rem;
    padding: 0.5rem 1.125rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    cursor: pointer;
    font: inherit;
    font-weight: 600;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 2.75rem;
    cursor: pointer;
  }
  .rows {
    display: grid;
    gap: 0.5rem;
    padding: 0;
    list-style: none;
  }
  .rows li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    padding: 0.5rem 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }
  .rows span {
    color: var(--_muted);
    font-size: 0.9375rem;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.9375rem;
  }
  th,
  td {
    padding: 0.5rem 0.75rem 0.5rem 0;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    white-space: nowrap;
  }
  th {
    color: var(--_muted);
    font-weight: 600;
  }
  progress {
    inline-size: min(26rem, 100%);
    block-size: 0.625rem;
    accent-color: var(--_accent);
  }
`;
