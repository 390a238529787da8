import { css } from "lit";

/**
 * The colours and shapes every element shares. An embedder sets `--oath-accent`, `--oath-on-accent`, `--oath-surface`,
 * `--oath-text`, `--oath-muted`, `--oath-border`, `--oath-danger`, `--oath-success`, `--oath-warning`, `--oath-radius` or
 * `--oath-font` on any ancestor. Light or dark follows the page's inherited `color-scheme`, so it is not set here.
 * Each default pair has 4.5:1 for text and 3:1 for the edges of controls (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const themeStyles = css`
  :host {
    --_accent: var(--oath-accent, light-dark(#2a55b8, #a9c1ff));
    --_on-accent: var(--oath-on-accent, light-dark(#ffffff, #0c1a3d));
    --_surface: var(--oath-surface, light-dark(#ffffff, #15181e));
    --_text: var(--oath-text, light-dark(#191c22, #e9ebf0));
    --_muted: var(--oath-muted, light-dark(#555d6c, #a7afbe));
    --_border: var(--oath-border, light-dark(#dce0e7, #343b48));
    --_danger: var(--oath-danger, light-dark(#b3261e, #ffb3ab));
    --_success: var(--oath-success, light-dark(#1b6a3e, #84dba8));
    --_warning: var(--oath-warning, light-dark(#855000, #f4c471));
    --_radius: var(--oath-radius, 0.625rem);
    --_font: var(--oath-font, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    --_mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
    /* Derived, so that a single colour set from outside carries through. */
    --_accent-hover: color-mix(in oklab, var(--_accent) 86%, var(--_text));
    --_accent-soft: color-mix(in srgb, var(--_accent) 10%, var(--_surface));
    --_raised: color-mix(in srgb, var(--_text) 4%, var(--_surface));
    --_edge: color-mix(in oklab, var(--_muted) 72%, var(--_surface));

    box-sizing: border-box;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 1rem;
    line-height: 1.5;
    /* A name of a hundred letters breaks instead of widening the page. */
    overflow-wrap: break-word;
    text-align: start;
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
  }

  h2,
  h3 {
    font-weight: 650;
    letter-spacing: -0.012em;
    line-height: 1.25;
    text-wrap: balance;
  }

  h2 {
    font-size: 1.375rem;
  }

  h3 {
    font-size: 1.125rem;
  }

  h2:focus,
  h3:focus {
    outline: none;
  }

  .muted {
    color: var(--_muted);
  }

  .serial {
    direction: ltr;
    font-family: var(--_mono);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  /* Read by a screen reader, drawn nowhere. */
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    clip-path: inset(50%);
    overflow: hidden;
    white-space: nowrap;
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_border: var(--_text);
      --_edge: var(--_text);
    }
  }
`;
