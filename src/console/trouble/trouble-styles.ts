import { css } from "lit";

/** The pages of *Troubleshoot MFA*. Needs `themeStyles`, `controlStyles` and `pageStyles` beside it. */
export const troubleStyles = css`
  :host,
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }
  h2 {
    font-size: 1.0625rem;
  }
  .ways {
    display: grid;
    list-style: none;
  }
  .ways li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 4rem;
    padding-block: 0.625rem;
    border-block-start: 1px solid var(--_border);
  }
  .ways li > span {
    display: grid;
    min-inline-size: 0;
  }
  .ways .closed strong {
    color: var(--_muted);
    font-weight: 500;
  }
  .ways button {
    flex: none;
  }
  .steps {
    display: grid;
    gap: 0.375rem;
    padding-inline-start: 1.375rem;
  }
  .actions .primary {
    margin-inline-start: auto;
  }
  .note:empty {
    display: none;
  }
  [role="alert"]:empty {
    display: none;
  }
`;
