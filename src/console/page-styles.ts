import { css } from "lit";

/** Headings, first and side remarks, and cards of the console's pages. Needs `themeStyles` beside it. */
export const pageStyles = css`
  h1 {
    margin: 0;
    font-size: clamp(1.5rem, 1.2rem + 1.2vw, 2rem);
    font-weight: 680;
    letter-spacing: -0.02em;
    line-height: 1.2;
    text-wrap: balance;
  }
  h1:focus {
    outline: none;
  }
  .lead {
    max-inline-size: 44rem;
    margin-block-start: -0.625rem;
    color: var(--_muted);
    font-size: 1.0625rem;
    text-wrap: pretty;
  }
  .lead strong {
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .aside {
    max-inline-size: 44rem;
    color: var(--_muted);
    font-size: 0.9375rem;
  }
  .card {
    padding: clamp(1.125rem, 4vw, 2rem);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.6);
    background: var(--_surface);
    box-shadow: 0 1px 2px light-dark(rgb(20 28 46 / 0.05), transparent);
  }
  .quiet {
    border-style: dashed;
    background: transparent;
    box-shadow: none;
  }
  .quiet h2 {
    font-size: 1.0625rem;
  }
  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }
`;
