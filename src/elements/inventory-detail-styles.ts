import { css } from "lit";

/** A token's details and the tokens out of use. Needs `inventoryStyles` beside it. */
export const inventoryDetailStyles = css`
  .details {
    gap: 1.25rem;
  }
  .details header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }
  .details h3 {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .details h4 {
    margin: 0;
    font-size: 1rem;
    font-weight: 600;
  }
  .details .facts {
    background: var(--_surface);
  }
  .details .actions {
    justify-content: flex-start;
  }
  .details .plot {
    background: var(--_surface);
  }
  .label-form .with-button {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .label-form input {
    flex: 1 1 12rem;
  }
  .selection .export {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .retired summary {
    min-block-size: 2.75rem;
    align-content: center;
    color: var(--_muted);
    cursor: pointer;
    font-weight: 600;
  }
  .retired ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    list-style: none;
  }
  .retired li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    padding-block: 0.5rem;
    border-block-end: 1px solid var(--_border);
  }
  .retired li button {
    margin-inline-start: auto;
  }
`;
