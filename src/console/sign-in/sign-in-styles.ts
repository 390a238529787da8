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
  :host(console-second-factor) {
    max-inline-size: none;
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
  .check {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 2.75rem;
    cursor: pointer;
  }
  .field input:not([type="radio"], [type="checkbox"], [type="file"]) {
    max-inline-size: none;
  }
  .links {
    display: grid;
    justify-items: start;
  }
  .people {
    display: grid;
    list-style: none;
  }
  .people li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.5rem;
    border-block-start: 1px solid var(--_border);
  }
  .people button {
    flex: none;
  }
  .person {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .person .muted {
    font-size: 0.875rem;
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
