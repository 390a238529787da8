import { css } from "lit";

/** The dialog that changes a token, and what stands in it. */
export const dialogStyles = css`
  dialog {
    inline-size: min(34rem, calc(100vi - 2rem));
    max-block-size: calc(100vb - 2rem);
    padding: 1.5rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1.25rem 3rem rgb(0 0 0 / 25%);
    overflow: auto;
  }

  dialog::backdrop {
    background: rgb(10 14 22 / 55%);
  }

  dialog form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  dialog h3 {
    overflow-wrap: anywhere;
  }

  /* In sight also where the form is longer than the screen. */
  dialog .actions {
    position: sticky;
    inset-block-end: -1.5rem;
    justify-content: flex-end;
    margin: 0 -1.5rem -1.5rem;
    padding: 1rem 1.5rem 1.5rem;
    background: var(--_surface);
  }

  .check {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 2.75rem;
    cursor: pointer;
  }

  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.375rem 1.25rem;
    padding: 1rem;
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .facts dt {
    color: var(--_muted);
  }

  .facts dd {
    overflow-wrap: anywhere;
  }

  .handout {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }

  .handout > .hint {
    flex: 1 0 100%;
  }

  .handout > .code {
    flex: 1 1 8rem;
    overflow-wrap: anywhere;
  }
`;
