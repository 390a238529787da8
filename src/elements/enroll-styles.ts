import { css } from "lit";

/** What only the enrolment wizard draws: its progress, the choice of types, the back of a token. */
export const enrollStyles = css`
  .progress {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.25rem;
    padding: 0;
    list-style: none;
    counter-reset: step;
  }

  .progress li {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    counter-increment: step;
  }

  .progress li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    inline-size: 1.625rem;
    block-size: 1.625rem;
    border: 1px solid var(--_edge);
    border-radius: 50%;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    font-weight: 650;
  }

  .progress li[aria-current] {
    color: var(--_text);
    font-weight: 600;
  }

  .progress li[aria-current]::before {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

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

  .serial-row {
    display: flex;
    flex-wrap: wrap-reverse;
    gap: 0.5rem 2rem;
    align-items: center;
  }

  .serial-row > .field {
    flex: 1 1 17rem;
    min-inline-size: 0;
  }

  .token-back .body {
    fill: var(--_raised);
    stroke: var(--_edge);
    stroke-width: 1.5;
  }

  .token-back .hole {
    fill: var(--_surface);
    stroke: var(--_edge);
    stroke-width: 1.5;
  }

  .token-back .bars {
    stroke: var(--_edge);
    stroke-width: 1.75;
  }

  .token-back .mark {
    fill: var(--_accent-soft);
    stroke: var(--_accent);
    stroke-width: 1.75;
  }

  .token-back .print {
    fill: var(--_text);
    font: 600 0.6875rem var(--_mono);
  }

  @media (forced-colors: active) {
    .token-back :is(.body, .hole, .bars, .mark) {
      fill: none;
      stroke: CanvasText;
    }

    .token-back .print {
      fill: CanvasText;
    }
  }
`;
