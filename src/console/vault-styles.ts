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
  h2 {
    font-size: 1.1875rem;
  }
  .muted {
    color: var(--_muted);
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
  progress {
    inline-size: min(26rem, 100%);
    block-size: 0.625rem;
    accent-color: var(--_accent);
  }
`;
