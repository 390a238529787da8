import { html, type TemplateResult } from "lit";

/** Characters that fit on the drawing. */
const LONGEST_PRINT = 14;

/** A small drawing of the back of a token with the place of its number; the hint of the field says the same in words. */
export const tokenBack: TemplateResult = draw("S/N\u00a0\u00a0ABCD12345");

/** The same with a token's own number, to compare the two; one that is too long is cut, and stands whole beside it. */
export function tokenBackWith(serialNumber: string): TemplateResult {
  const isShort = serialNumber.length <= LONGEST_PRINT;
  return draw(isShort ? serialNumber : `${serialNumber.slice(0, LONGEST_PRINT - 1)}…`);
}

function draw(print: string): TemplateResult {
  return html`<svg
    class="token-back"
    width="176"
    height="84"
    viewBox="0 0 176 84"
    fill="none"
    aria-hidden="true"
  >
    <rect class="body" x="1.5" y="6.5" width="148" height="71" rx="20" />
    <path class="body" d="M149.5 28h7a14 14 0 0 1 0 28h-7" />
    <circle class="hole" cx="157" cy="42" r="6" />
    <path
      class="bars"
      d="M24 22v16M28 22v16M33 22v16M36 22v16M42 22v16M45 22v16M50 22v16M54 22v16M61 22v16M64 22v16M68 22v16M74 22v16M77 22v16M83 22v16M87 22v16M92 22v16"
    />
    <rect class="mark" x="17" y="45" width="116" height="22" rx="6" />
    <text class="print" x="25" y="60.5">${print}</text>
  </svg>`;
}
