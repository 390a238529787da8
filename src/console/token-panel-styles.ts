import { css } from "lit";

/** The panel with the virtual token: a column on a desk, a sheet at the bottom of a phone. */
export const tokenPanelStyles = css`
  :host {
    display: block;
  }
  /* Stays in reach while the sheet is scrolled. */
  .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_surface);
    /* Covers what would show through the padding above it. */
    box-shadow: 0 -1.25rem 0 var(--_surface);
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .bar h2 {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem 0.625rem;
    font-size: 1rem;
  }
  .toggle {
    gap: 0;
    min-block-size: 2.5rem;
    padding: 0.25rem 0.75rem;
    font-size: 0.875rem;
  }
  .notice {
    padding: 0.0625rem 0.5rem;
    border: 1px solid color-mix(in oklab, var(--_warning) 45%, var(--_surface));
    border-radius: 99rem;
    background: color-mix(in oklab, var(--_warning) 8%, var(--_surface));
    color: var(--_warning);
    font-size: 0.75rem;
    font-weight: 600;
    letter-spacing: 0;
  }
  .body {
    display: grid;
    gap: 0.875rem;
    padding-block-start: 1rem;
  }
  console-display-token {
    inline-size: 100%;
    max-inline-size: 20rem;
    margin-inline: auto;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .row > button,
  console-display-token > button {
    padding-inline: 0.8125rem;
    font-size: 0.9375rem;
  }
  .said {
    min-block-size: 1.3125rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: center;
  }
  .clock {
    display: grid;
    gap: 0.75rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--_border);
  }
  .clock h3 {
    font-size: 1rem;
  }
  .clock p {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .clock output {
    color: var(--_text);
    font-weight: 600;
  }
  .numbers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0.75rem;
  }
  .numbers label {
    font-size: 0.875rem;
  }
`;
