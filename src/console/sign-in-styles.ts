import { css } from "lit";

/** The sign-in page: one narrow column of cards. */
export const signInStyles = css`
  :host {
    display: grid;
    gap: 1.25rem;
    align-content: start;
    inline-size: 100%;
    max-inline-size: 30rem;
    margin-inline: auto;
  }
  .card {
    display: grid;
    gap: 1.25rem;
  }
  form {
    display: grid;
    gap: 1.25rem;
  }
  form > button {
    inline-size: 100%;
  }
  .card > button {
    justify-self: start;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
    overflow-wrap: anywhere;
  }
  .quiet {
    gap: 0.875rem;
  }
  [role="alert"]:empty {
    display: none;
  }
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.25rem 1rem;
  }
  dt {
    color: var(--_muted);
  }
  code {
    font-family: var(--_mono);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
`;
