import { css } from "lit";

/** The layout shared by the wizards: heading, fields in one column, buttons below. */
export const wizardStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  form,
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    max-inline-size: 40rem;
  }

  header {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.375rem;
  }

  .step {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .codes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }

  /* The wait stands between the two codes, as a stretch of the way from one to the other. */
  .codes > oath-countdown {
    justify-self: start;
    margin-block: -0.25rem 0.25rem;
    padding: 0.5rem 0.875rem 0.5rem 0.5rem;
    border-radius: 2rem;
    background: var(--_raised);
  }

  .actions {
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--_border);
  }

  .actions .primary {
    margin-inline-start: auto;
  }

  .result {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.25rem 1rem;
  }

  .result > .badge {
    display: grid;
    grid-row: 1 / span 3;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    background: color-mix(in oklab, var(--_success) 14%, var(--_surface));
    color: var(--_success);
  }

  .result > .badge svg {
    inline-size: 1.625rem;
    block-size: 1.625rem;
  }

  .result > :not(.badge) {
    grid-column: 2;
  }

  @container (inline-size < 26rem) {
    .actions > button {
      flex: 1 1 auto;
    }

    .actions .primary {
      flex-basis: 100%;
      order: -1;
    }
  }
`;
