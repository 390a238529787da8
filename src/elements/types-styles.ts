import { css } from "lit";

/** A choice of a few types, each a card with its name and a hint (`fieldset.types`). Needs `controlStyles` beside it. */
export const typesStyles = css`
  .types {
    display: grid;
    gap: 0.5rem;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  .types legend {
    margin-block-end: 0.5rem;
  }

  .types label {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 0.75rem;
    align-items: center;
    min-block-size: 3rem;
    padding: 0.625rem 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    cursor: pointer;
  }

  .types label:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .types label:has(:disabled) {
    color: var(--_muted);
    cursor: default;
  }

  .types .name {
    font-weight: 600;
  }

  .types .hint {
    grid-column: 2;
  }
`;
