import { css } from "lit";

/** A small dialog of the console: a question, what follows from it, and its buttons. */
export const noticeDialogStyles = css`
  dialog {
    max-inline-size: min(28rem, calc(100vi - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.6);
    background: var(--_surface);
    color: var(--_text);
  }
  dialog::backdrop {
    background: rgb(10 16 30 / 0.55);
  }
  h2 {
    margin-block-end: 0.5rem;
  }
  .seconds {
    margin-block-start: 0.75rem;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .actions {
    justify-content: end;
    margin-block-start: 1.5rem;
  }
`;
