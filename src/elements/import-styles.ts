import { css } from "lit";

/** The steps of an import. Needs `inventoryStyles` beside it. */
export const importStyles = css`
  #import .actions {
    justify-content: flex-start;
  }
  .question {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .with-button {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .with-button input {
    flex: 1 1 14rem;
  }
  .with-button button[aria-pressed="true"] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .key {
    font-family: var(--_mono);
  }
  .choices {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border: 0;
  }
  .choices legend {
    padding-block-end: 0.25rem;
  }
  .check input {
    flex: none;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
    gap: 1rem;
  }
  .columns .field {
    align-content: end;
    min-inline-size: 0;
  }
  select[aria-invalid="true"] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .counts > div {
    display: grid;
    flex: 1 1 7rem;
    align-content: space-between;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .counts > :last-child {
    flex-grow: 2;
  }
  .counts dt {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .counts dd {
    font-weight: 650;
  }
  .mark {
    display: inline-grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: baseline;
    gap: 0.4375rem;
  }
  .mark svg {
    align-self: start;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin-block-start: 0.125rem;
    color: var(--_warning);
  }
  .last-import {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }
  .plain {
    list-style: none;
  }
  .alert h3 {
    font-size: 1rem;
  }
  .selection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }
  .selection .export {
    margin-inline-start: auto;
  }
  @container (max-width: 36rem) {
    .tokens caption {
      display: block;
    }
    .scroll > .tokens tr {
      padding-inline: 0.75rem;
    }
  }
  @media (forced-colors: active) {
    .counts > div {
      border: 1px solid CanvasText;
    }
    .with-button button[aria-pressed="true"] {
      border: 3px solid Highlight;
    }
  }
`;
