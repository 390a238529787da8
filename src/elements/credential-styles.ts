import { css } from "lit";

/** The accounts of a token and their codes. */
export const credentialStyles = css`
  .accounts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.875rem;
  }

  .accounts-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1.5rem;
    min-block-size: 1.75rem;
  }

  .countdown {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem 0.75rem;
  }

  .accounts[data-away="true"] .credentials {
    opacity: 0.6;
  }

  .credentials {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    list-style: none;
    overflow: clip;
  }

  .credentials li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    padding: 0.5rem 0.75rem;
  }

  .credentials li + li {
    border-block-start: 1px solid var(--_border);
  }

  .credentials li.selected {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 var(--_accent);
  }

  button.name {
    display: grid;
    flex: 1 1 12rem;
    justify-content: start;
    justify-items: start;
    gap: 0;
    min-inline-size: 0;
    padding: 0.375rem 0.5rem;
    border-color: transparent;
    background: none;
    text-align: start;
  }

  .name .issuer {
    overflow-wrap: anywhere;
  }

  .name .account,
  .name .notes {
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 400;
    overflow-wrap: anywhere;
  }

  .credentials .codes {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.875rem;
    min-block-size: 2.75rem;
    padding-inline-start: 0.5rem;
  }

  .code {
    direction: ltr;
    font: 600 1.375rem/1.3 var(--_mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.02em;
    unicode-bidi: isolate;
    user-select: all;
  }

  /* The place of a code that is being read: nothing jumps when it comes. */
  .code.pending {
    inline-size: 7ch;
    block-size: 0.25rem;
    border-radius: 0.125rem;
    background: var(--_border);
  }

  .copy {
    min-inline-size: 5.25rem;
  }

  .credentials li > .error,
  .changes {
    flex: 1 0 100%;
    padding-inline-start: 0.5rem;
  }

  .changes {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    padding-block: 0.25rem 0.375rem;
  }

  @media (forced-colors: active) {
    .code.pending {
      background: GrayText;
    }

    .credentials li.selected {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
