import { css } from "lit";

/** The card of a USB token: its head, the ways to connect one, and the catalogue. */
export const tokenStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    padding: 1.375rem 1.5rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
  }

  .head {
    display: flex;
    gap: 1rem;
  }

  .head > div {
    display: grid;
    gap: 0.25rem;
  }

  .badge {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: calc(var(--_radius) * 1.1);
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .choosers {
    display: flex;
    flex-wrap: wrap;
    gap: 1rem 1.5rem;
  }

  .chooser {
    display: grid;
    flex: 0 1 15rem;
    align-content: start;
    justify-items: start;
    gap: 0.375rem;
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    list-style: none;
  }

  .choice button {
    overflow-wrap: anywhere;
    text-align: start;
  }

  .choice button svg {
    flex: none;
  }

  .progress {
    color: var(--_muted);
    font-weight: 500;
  }

  .chip {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    justify-self: start;
    padding: 0.375rem 0.875rem;
    border-radius: 2rem;
    background: color-mix(in oklab, var(--_success) 12%, var(--_surface));
    font-size: 0.9375rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .chip::before {
    content: "";
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_success);
  }

  .tools {
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--_border);
  }

  .tools .link {
    margin-inline-start: auto;
  }

  .other,
  .unsupported {
    display: grid;
    justify-items: start;
    gap: 0.5rem;
  }

  .supported summary {
    min-block-size: 2.75rem;
    align-content: center;
    color: var(--_muted);
    cursor: pointer;
    font-size: 0.9375rem;
    font-weight: 600;
  }

  .supported ul {
    display: grid;
    gap: 0.625rem;
    padding-block: 0.25rem 0.75rem;
    list-style: none;
  }

  .supported li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 1rem;
    padding-block-end: 0.625rem;
    border-block-end: 1px solid var(--_border);
  }

  .supported .token-name {
    font-weight: 600;
  }

  .supported .state {
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 600;
  }

  .supported .state[data-reachable="true"] {
    color: var(--_success);
  }

  .supported .hint {
    grid-column: 1 / -1;
  }

  @container (inline-size < 30rem) {
    section {
      padding: 1.25rem 1rem;
    }

    .tools button {
      flex: 1 1 auto;
    }
  }
`;
