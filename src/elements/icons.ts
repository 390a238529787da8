import { html, svg, type TemplateResult } from "lit";

/** A sign in the colour of its text, hidden from screen readers: the words beside it say the same. */
function icon(shapes: TemplateResult<2>): TemplateResult {
  return html`<svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shapes}
  </svg>`;
}

/** Look here: a triangle. */
export const warningIcon = icon(
  svg`<path d="M10 3 18 16.5H2Z" /><path d="M10 8v4" /><path d="M10 14.2v.1" />`,
);

/** Something failed: a circle with an exclamation mark. */
export const errorIcon = icon(
  svg`<circle cx="10" cy="10" r="7.5" /><path d="M10 6.2v4.6" /><path d="M10 13.7v.1" />`,
);

/** It worked: a circle with a tick. */
export const successIcon = icon(
  svg`<circle cx="10" cy="10" r="7.5" /><path d="m6.7 10.3 2.2 2.3 4.4-4.9" />`,
);

/** A closed padlock. */
export const lockIcon = icon(
  svg`<rect x="4" y="9" width="12" height="8" rx="1.75" /><path d="M6.75 9V6.5a3.25 3.25 0 0 1 6.5 0V9" />`,
);

/** A clock. */
export const clockIcon = icon(svg`<circle cx="10" cy="10" r="7.5" /><path d="M10 5.8V10l2.8 1.9" />`);

/** A key-fob token: body, display, button and ring. */
export const tokenIcon = icon(
  svg`<rect x="5" y="2.5" width="10" height="15" rx="3.25" /><rect x="7.25" y="5.25" width="5.5" height="3.5" rx=".75" /><circle cx="10" cy="13" r="1.75" />`,
);

/** A USB token, plug to the left. */
export const usbIcon = icon(
  svg`<rect x="6.5" y="5.5" width="11.5" height="9" rx="2.25" /><path d="M6.5 7.25H2.5v5.5h4" /><circle cx="12.75" cy="10" r="1.75" />`,
);

/** A finger on the button of a USB token. */
export const touchDrawing = html`<svg
  class="touch-drawing"
  width="56"
  height="56"
  viewBox="0 0 56 56"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <rect x="14" y="8" width="38" height="22" rx="5" />
  <path d="M14 12.5H4v13h10" />
  <circle class="ring" cx="33" cy="19" r="8" />
  <circle cx="33" cy="19" r="3" />
  <path d="M29.5 40V24a3.5 3.5 0 0 1 7 0v9l7.5 1.8a4 4 0 0 1 3 4.6L45.5 50H30l-6-9.2a3.2 3.2 0 0 1 5.2-3.7" />
</svg>`;
