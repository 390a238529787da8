import { css, type CSSResultGroup } from "lit";
import { touchStyles } from "./touch-styles.ts";
import { unlockStyles } from "./unlock-styles.ts";

/** The offer to read codes from a token, and what a reading asks. */
export const readingStyles: CSSResultGroup = [
  touchStyles,
  unlockStyles,
  css`
    .reader {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
    }

    .offer {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem 0.75rem;
      padding: 0.75rem 1rem;
      border: 1px dashed var(--_edge);
      border-radius: var(--_radius);
    }

    .offer > svg {
      flex: none;
      color: var(--_accent);
    }

    .offer > p {
      flex: 1 1 13rem;
      color: var(--_muted);
      font-size: 0.9375rem;
    }

    .reading {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
      padding: 1rem 1.25rem;
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_raised);
    }

    .reading .unlock {
      padding: 0;
      border: 0;
      background: none;
    }

    .reading .choosers {
      display: flex;
      flex-wrap: wrap;
      gap: 1rem 1.5rem;
    }

    .reading .chooser {
      display: grid;
      max-inline-size: 15rem;
      align-content: start;
      justify-items: start;
      gap: 0.375rem;
    }

    .reading .choice {
      display: flex;
      flex-wrap: wrap;
      gap: 0.625rem;
      list-style: none;
    }

    .reading .choice button {
      overflow-wrap: anywhere;
      text-align: start;
    }

    .source {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      color: var(--_success);
      font-size: 0.9375rem;
      font-weight: 600;
      overflow-wrap: anywhere;
    }

    .source svg {
      flex: none;
    }
  `,
];
