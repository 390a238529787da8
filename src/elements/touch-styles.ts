import { css } from "lit";

/** The request for a touch. */
export const touchStyles = css`
  .touch {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1rem;
    padding: 1rem 1.25rem;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius);
    background: var(--_accent-soft);
  }

  .touch > div {
    flex: 1 1 11rem;
  }

  .touch .now {
    font-size: 1.125rem;
    font-weight: 650;
  }

  .touch-drawing {
    flex: none;
    color: var(--_accent);
  }

  .touch-drawing .ring {
    transform-box: fill-box;
    transform-origin: center;
    animation: ask 1.6s ease-out infinite;
  }

  @keyframes ask {
    from {
      opacity: 1;
      transform: scale(0.5);
    }

    to {
      opacity: 0;
      transform: scale(1.25);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .touch-drawing .ring {
      animation: none;
    }
  }
`;
