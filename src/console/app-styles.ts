import { css } from "lit";

/** The frame of the console: header, page, footer, and the virtual token beside or below them. */
export const appStyles = css`
  :host {
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
    min-block-size: 100dvh;
  }
  .skip {
    position: absolute;
    inset: 0.5rem auto auto 0.5rem;
    z-index: 5;
    translate: 0 -200%;
  }
  .skip:focus {
    translate: 0;
  }
  header {
    position: relative;
    z-index: 4;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1.5rem;
    min-block-size: 4rem;
    padding: 0.5rem clamp(1rem, 3vw, 2rem);
    border-block-end: 1px solid var(--_border);
    background: var(--_surface);
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 0.625rem;
    margin-inline-end: auto;
    font-weight: 680;
    letter-spacing: -0.01em;
  }
  .brand svg {
    color: var(--_accent);
  }
  .brand small {
    padding: 0.0625rem 0.5rem;
    border: 1px solid var(--_border);
    border-radius: 99rem;
    color: var(--_muted);
    font-size: 0.75rem;
    font-weight: 600;
    letter-spacing: 0;
  }
  nav {
    display: flex;
    gap: 0.25rem;
  }
  nav a {
    display: inline-flex;
    align-items: center;
    min-block-size: 2.75rem;
    padding-inline: 0.75rem;
    border-radius: var(--_radius);
    color: var(--_text);
    font-weight: 500;
    text-decoration: none;
  }
  nav a:hover {
    background: var(--_raised);
  }
  nav a[aria-current="page"] {
    color: var(--_accent);
    box-shadow: inset 0 -2px var(--_accent);
    border-radius: 0;
  }
  .column {
    display: grid;
    grid-template-rows: 1fr auto;
    min-inline-size: 0;
  }
  main {
    display: grid;
    align-content: start;
    gap: 1.25rem;
    inline-size: 100%;
    max-inline-size: 76rem;
    margin-inline: auto;
    padding: clamp(1.5rem, 4vw, 3rem) clamp(1rem, 4vw, 3rem);
    outline: none;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
    gap: 1.25rem;
    list-style: none;
  }
  .tile {
    position: relative;
    display: grid;
    gap: 0.5rem;
    align-content: start;
  }
  .tile h2 {
    font-size: 1.125rem;
  }
  .tile a {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.75rem;
  }
  .tile a::after {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    content: "";
  }
  .tile:hover {
    border-color: var(--_accent);
  }
  .tile p {
    color: var(--_muted);
  }
  .starting {
    display: grid;
    gap: 1rem;
    justify-items: start;
    inline-size: 100%;
    max-inline-size: 30rem;
    margin-inline: auto;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 2rem;
    padding: 0.75rem clamp(1rem, 4vw, 3rem);
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 0.875rem;
  }
  footer a {
    align-content: center;
    min-block-size: 2.75rem;
    color: var(--_accent);
    font-weight: 600;
  }
  footer p {
    flex: 1 1 20rem;
    max-inline-size: 44rem;
  }
  aside {
    position: sticky;
    inset-block-end: 0;
    z-index: 2;
    max-block-size: 62dvh;
    padding: 0.625rem clamp(1rem, 4vw, 2rem);
    padding-block-end: max(0.625rem, env(safe-area-inset-bottom));
    overflow-y: auto;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
    box-shadow: 0 -0.5rem 1.5rem rgb(10 16 30 / 0.1);
  }
  @media (min-width: 64rem) {
    :host {
      grid-template: auto 1fr / minmax(0, 1fr) auto;
    }
    header {
      grid-column: 1 / -1;
    }
    aside {
      position: static;
      inline-size: 23rem;
      max-block-size: none;
      padding: 0;
      overflow: visible;
      border-block-start: 0;
      border-inline-start: 1px solid var(--_border);
      box-shadow: none;
    }
    aside.closed {
      inline-size: auto;
    }
    /* Stays in view beside a long page; as high as what the header leaves. */
    console-token-panel {
      position: sticky;
      inset-block-start: 0;
      max-block-size: calc(100dvh - 4.0625rem);
      padding: 1.25rem 1.5rem;
      overflow-y: auto;
    }
  }
  @media (max-width: 40rem) {
    header {
      column-gap: 0.5rem;
    }
    .brand small {
      display: none;
    }
    console-account-menu {
      margin-inline-start: auto;
    }
    nav {
      order: 1;
      flex-wrap: wrap;
      inline-size: 100%;
      margin-inline: -0.625rem;
    }
    nav a {
      padding-inline: 0.625rem;
      font-size: 0.9375rem;
      white-space: nowrap;
    }
  }
`;
