import { css } from "lit";

/** The part of the panel where virtual USB tokens are plugged in. */
export const usbPortPanelStyles = css`
  section {
    display: grid;
    gap: 0.75rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--_border);
  }
  :host(:first-child) section {
    padding-block: 0 1rem;
    border-block: 0 solid var(--_border);
    border-block-end-width: 1px;
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem 0.625rem;
    font-size: 1rem;
  }
  .field label {
    font-size: 0.875rem;
  }
  .where {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 1.3125rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .where[data-blinks="true"] {
    color: var(--_text);
    font-weight: 600;
  }
  /* The token's own light. What it says stands beside it in words. */
  .lamp {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border: 1px solid var(--_edge);
    border-radius: 50%;
  }
  .lamp[data-lit="true"] {
    border-color: transparent;
    background: var(--_success);
  }
  [data-blinks="true"] .lamp {
    background: var(--_accent);
    animation: blink 1s steps(2, jump-none) infinite;
  }
  @keyframes blink {
    to {
      opacity: 0.15;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [data-blinks="true"] .lamp {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .lamp[data-lit="true"] {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
