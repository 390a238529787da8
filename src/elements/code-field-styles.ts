import { css } from "lit";

/**
 * The real input lies under the drawn slots, which cover it and let presses through. So nothing of it has to be made
 * transparent: selection and autofill colours are simply not seen, and the text stays text.
 */
export const codeFieldStyles = css`
  :host {
    display: grid;
    gap: 0.375rem;
  }

  ::slotted(label) {
    justify-self: start;
    font-weight: 600;
  }

  ::slotted([slot="hint"]) {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
    min-inline-size: 0;
  }

  .control {
    flex: none;
    position: relative;
    inline-size: min(100%, calc(var(--_digits) * 2.625rem + 1.5rem));
    block-size: 3.25rem;
    container-type: inline-size;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    direction: ltr;
  }

  .control[data-digits="6"] {
    --_digits: 6;
  }

  .control[data-digits="7"] {
    --_digits: 7;
  }

  .control[data-digits="8"] {
    --_digits: 8;
  }

  .control:hover {
    border-color: var(--_muted);
  }

  :host(:focus-within) .control {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .control[data-error] {
    border-color: var(--_danger);
    box-shadow: 0 0 0 1px var(--_danger);
  }

  /* A page's own rules for inputs would win over ::slotted without the exclamation marks. */
  ::slotted(input) {
    appearance: none !important;
    box-sizing: border-box !important;
    inline-size: 100% !important;
    min-inline-size: 0 !important;
    max-inline-size: none !important;
    block-size: 100% !important;
    min-block-size: 0 !important;
    margin: 0 !important;
    padding: 0 0 0 calc(50cqi / var(--_digits) - 0.5ch) !important;
    border: 0 !important;
    border-radius: calc(var(--_radius) - 1px) !important;
    outline: 0 !important;
    box-shadow: none !important;
    background: var(--_surface) !important;
    color: var(--_text) !important;
    font: 1.5rem/1 var(--_mono) !important;
    letter-spacing: calc(100cqi / var(--_digits) - 1ch) !important;
  }

  .slots {
    position: absolute;
    inset: 0;
    display: flex;
    padding: 0 0.125rem;
    border-radius: calc(var(--_radius) - 1px);
    background: var(--_surface);
    pointer-events: none;
  }

  .slot {
    position: relative;
    display: grid;
    flex: 1 1 0;
    place-items: center;
    min-inline-size: 0;
    margin: 0.3125rem 0.125rem;
    border-radius: calc(var(--_radius) * 0.6);
    background: var(--_raised);
    font: 1.5rem/1 var(--_mono);
    font-variant-numeric: tabular-nums;
  }

  .slot.group-end {
    margin-inline-end: 1.25rem;
  }

  .slot.group-end::after {
    content: "";
    position: absolute;
    inset-inline-end: -0.9375rem;
    inline-size: 0.5rem;
    block-size: 2px;
    border-radius: 1px;
    background: var(--_edge);
  }

  .slot.selected {
    background: color-mix(in oklab, var(--_accent) 28%, var(--_surface));
  }

  .slot.caret,
  .slot.caret-after {
    background: var(--_accent-soft);
  }

  .slot.caret::before,
  .slot.caret-after::before {
    content: "";
    position: absolute;
    inline-size: 2px;
    block-size: 1.625rem;
    border-radius: 1px;
    background: var(--_accent);
    animation: blink 1.1s steps(1) infinite;
  }

  .slot.caret.filled::before {
    inset-inline-start: 1px;
  }

  .slot.caret-after::before {
    inset-inline-end: 1px;
  }

  @keyframes blink {
    60% {
      opacity: 0;
    }
  }

  :host([busy]) .slot,
  :host([disabled]) .slot {
    color: var(--_muted);
  }

  /* One line is kept free, so that nothing jumps when an error comes. */
  .messages {
    min-block-size: 1.3125rem;
    font-size: 0.875rem;
    font-weight: 500;
  }

  ::slotted([slot="error"]) {
    color: var(--_danger);
  }

  ::slotted([slot="note"]) {
    color: var(--_warning);
  }

  ::slotted([slot="note"][data-kind="source"]) {
    color: var(--_success);
  }

  @media (prefers-reduced-motion: reduce) {
    .slot::before {
      animation: none !important;
    }
  }

  @media (forced-colors: active) {
    .slot {
      border-block-end: 2px solid GrayText;
    }

    .slot.selected {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    .slot.caret::before,
    .slot.caret-after::before,
    .slot.group-end::after {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
