import { css } from "lit";

/** The MFA section: the card around the list, its empty state and the question before a removal. */
export const devicesStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  section {
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
    overflow: clip;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 1rem 2rem;
    padding: 1.375rem 1.5rem;
  }

  .head > div:first-child {
    display: grid;
    flex: 1 1 24rem;
    gap: 0.25rem;
  }

  .count {
    color: var(--_muted);
    font-weight: 400;
  }

  .body {
    padding: 0 1.5rem 1.5rem;
  }

  .body:empty {
    display: none;
  }

  .panel {
    padding: 1.5rem;
    border-block-start: 1px solid var(--_border);
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: 0.375rem;
    padding: 2.5rem 1.5rem 3rem;
    border-block-start: 1px solid var(--_border);
    text-align: center;
  }

  .empty > svg {
    inline-size: 2.25rem;
    block-size: 2.25rem;
    color: var(--_warning);
  }

  .empty p {
    max-inline-size: 30rem;
    text-wrap: balance;
  }

  .loading {
    padding: 1.5rem;
    border-block-start: 1px solid var(--_border);
  }

  dialog {
    inline-size: min(32rem, calc(100vi - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1.25rem 3rem rgb(0 0 0 / 25%);
  }

  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  dialog .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  dialog .actions {
    justify-content: flex-end;
  }

  dialog::backdrop {
    background: rgb(10 14 22 / 55%);
  }

  @container (inline-size < 48rem) {
    .head,
    .panel {
      padding: 1.25rem;
    }

    .body {
      padding: 0 1.25rem 1.25rem;
    }
  }

  @container (inline-size < 30rem) {
    .head .actions {
      inline-size: 100%;
    }

    .head .actions > button {
      flex: 1 1 auto;
    }

    .head .actions > .primary {
      flex-basis: 100%;
    }
  }
`;
