import { css } from "lit";

/** The drawing of the back of a token. Needs `themeStyles` beside it. */
export const tokenBackStyles = css`
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
