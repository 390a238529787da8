import { css } from "lit";

/** What only `<oath-identify>` draws. Needs `themeStyles`, `controlStyles` and `wizardStyles` beside it. */
export const identifyStyles = css`
  .digits select {
    max-inline-size: 6rem;
  }

  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }

  .progress progress {
    flex: 1 1 8rem;
    block-size: 0.75rem;
    accent-color: var(--_accent);
  }

  .serial.big {
    font-size: 1.25rem;
    font-weight: 600;
  }

  .token-back {
    inline-size: min(20rem, 100%);
    block-size: auto;
  }
`;
