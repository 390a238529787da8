import { css } from "lit";

/** The plot of a token's clock, in the colours of the text: it keeps its lines in forced colours. Needs `themeStyles`. */
export const driftStyles = css`
  .drift {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    margin: 0;
  }
  .plot {
    inline-size: 100%;
    max-inline-size: 40rem;
    block-size: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    color: var(--_accent);
    overflow: visible;
  }
  .plot path {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }
  .plot .band {
    fill: currentColor;
    fill-opacity: 0.1;
    stroke: none;
  }
  .plot .zero,
  .plot .now {
    stroke: var(--_muted);
    stroke-width: 1;
    stroke-dasharray: 2 4;
  }
  .plot .future {
    stroke-dasharray: 7 5;
  }
  .plot .dots {
    stroke-linecap: round;
    stroke-width: 8;
  }
  .plot .before {
    color: var(--_muted);
  }
  .plot .dots.before {
    stroke-linecap: square;
    stroke-width: 6;
  }
  .plot text {
    direction: ltr;
    fill: var(--_muted);
    font: 500 12px var(--_font);
  }
  @container (max-width: 30rem) {
    .plot text {
      font-size: 24px;
    }
  }
  .drift summary {
    min-block-size: 2.75rem;
    align-content: center;
    color: var(--_accent);
    cursor: pointer;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .drift th,
  .drift td {
    padding: 0.375rem 0.75rem;
    border-block-end: 1px solid var(--_border);
    text-align: start;
  }
  @media (forced-colors: active) {
    .plot {
      color: CanvasText;
    }
    .plot .band {
      fill: none;
      stroke: CanvasText;
      stroke-width: 1;
    }
    .plot .zero,
    .plot .now {
      stroke: CanvasText;
    }
    .plot text {
      fill: CanvasText;
    }
  }
`;
