import { css } from "lit";

/** The question for a token's password. */
export const unlockStyles = css`
  .unlock {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    padding: 1.125rem 1.25rem 1.25rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .unlock h3 {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    overflow-wrap: anywhere;
  }

  .unlock h3 svg {
    flex: none;
    color: var(--_accent);
  }
`;
