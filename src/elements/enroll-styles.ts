import { css, type CSSResultGroup } from "lit";
import { tokenBackStyles } from "./token-back-styles.ts";
import { typesStyles } from "./types-styles.ts";

/** What only the enrolment wizard draws: its progress and the back of a token. */
export const enrollStyles: CSSResultGroup = [
  typesStyles,
  tokenBackStyles,
  css`
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
  `,
];
