import { css } from "lit";

/** The page of the alternative factors. Needs `themeStyles`, `controlStyles` and `pageStyles` beside it. */
export const recoveryStyles = css`
  :host,
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }
  nav ol {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem 1.25rem;
    list-style: none;
    counter-reset: step;
  }
  nav li {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    counter-increment: step;
  }
  nav li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    inline-size: 1.625rem;
    block-size: 1.625rem;
    border: 1px solid var(--_edge);
    border-radius: 50%;
    font-weight: 650;
  }
  nav li[aria-current] {
    color: var(--_text);
    font-weight: 600;
  }
  nav li[aria-current]::before {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .digits {
    direction: ltr;
    font: 700 2.25rem / 1.2 var(--_mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.18em;
    text-align: center;
  }
  .simulated {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding: 1rem;
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius);
  }
  .simulated h2 {
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  .simulated form {
    display: grid;
    gap: 0.5rem;
  }
  .simulated button {
    justify-self: start;
  }
  .note,
  .error {
    min-block-size: 0;
  }
  [role="alert"]:empty {
    display: none;
  }
`;
