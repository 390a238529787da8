import { css } from "lit";

/**
 * Buttons (`.primary`, plain, `.danger`, `.link`, and `.sensitive` for those that change the account), text fields (`.field`, `.hint`, `.error`), button rows (`.actions`) and
 * alerts (`.alert`, with `data-kind` `error`, `warning`, `success` or none). Needs `themeStyles` beside it.
 */
export const controlStyles = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding: 0.5rem 1.125rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    cursor: pointer;
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    transition:
      background-color 120ms,
      border-color 120ms;
  }

  button:hover {
    background: var(--_raised);
    border-color: var(--_muted);
  }

  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.primary:hover {
    background: var(--_accent-hover);
  }

  button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_surface);
  }

  /*
   * A page that frames ours may make it appear under a pointer about to press: for its first half second the button takes no
   * press. By style, so that it starts anew each time the button is shown, and leaves keys alone.
   */
  button:is(.danger, .sensitive) {
    animation: 500ms step-end take-no-press;
  }

  @keyframes take-no-press {
    from {
      pointer-events: none;
    }
    to {
      pointer-events: auto;
    }
  }

  button.danger:hover {
    background: color-mix(in oklab, var(--_danger) 86%, var(--_text));
  }

  button.link {
    min-block-size: 2.75rem;
    padding: 0.5rem 0.25rem;
    border-color: transparent;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  button.link:hover {
    text-decoration-thickness: 2px;
  }

  /* Still focusable, so that a press can say why it has to wait. */
  button[aria-disabled="true"],
  button[aria-disabled="true"]:hover {
    border-color: var(--_border);
    background: var(--_raised);
    color: var(--_muted);
    cursor: default;
  }

  :is(button, input, select, summary, a):focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .field {
    display: grid;
    gap: 0.375rem;
  }

  .field label,
  legend {
    padding: 0;
    font-weight: 600;
  }

  .hint {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .field input:not([type="radio"], [type="checkbox"], [type="file"]),
  select {
    inline-size: 100%;
    max-inline-size: 26rem;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }

  .field input:hover,
  select:hover {
    border-color: var(--_muted);
  }

  .field input[aria-invalid="true"] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  input[type="radio"],
  input[type="checkbox"] {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  /* The line is there before the error is, so that nothing jumps when it comes. */
  .error {
    min-block-size: 1.3125rem;
    color: var(--_danger);
    font-size: 0.875rem;
    font-weight: 500;
  }

  .note {
    min-block-size: 1.3125rem;
    color: var(--_success);
    font-size: 0.875rem;
    font-weight: 500;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
  }

  .alert {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.625rem 0.75rem;
    padding: 0.875rem 1rem;
    border: 1px solid color-mix(in oklab, var(--_tone) 40%, var(--_surface));
    border-inline-start: 4px solid var(--_tone);
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_tone) 8%, var(--_surface));
    --_tone: var(--_accent);
  }

  .alert > svg {
    color: var(--_tone);
    margin-block-start: 0.125rem;
  }

  .alert > :not(svg) {
    grid-column: 2;
  }

  .alert[data-kind="error"] {
    --_tone: var(--_danger);
  }

  .alert[data-kind="warning"] {
    --_tone: var(--_warning);
  }

  .alert[data-kind="success"] {
    --_tone: var(--_success);
  }

  @media (forced-colors: active) {
    button.primary,
    button.danger {
      border: 2px solid ButtonText;
    }

    button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    button {
      transition: none;
    }
  }
`;
