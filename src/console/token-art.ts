import { svg, type SVGTemplateResult } from "lit";
import { DISPLAY_BARS, type TokenDisplay } from "../virtual/display-token.ts";
import { encodeCode39 } from "./code-39.ts";
import { segmentsWidth, sevenSegmentDigits } from "./seven-segments.ts";

/** Both faces are drawn in 360 × 176 units; the front's button lies over {@link token-art-styles}' `.press`. */
const BODY =
  "M96 10 H292 C334 10 352 44 352 88 C352 132 334 166 292 166 H96 C74 166 66 150 48 142 C22 131 8 112 8 88 C8 64 22 45 48 34 C66 26 74 10 96 10 Z";
const HOLE = "M37 74 a14 14 0 1 0 0.01 0 Z";

const LCD = { x: 84, y: 46, width: 188, height: 74 } as const;

/** The front: key-ring hole, display with digits and time bars, and the rim in which the button sits. */
export function tokenFront(display: TokenDisplay, digits: number): SVGTemplateResult {
  const text = display.lit ? display.digits : "";
  const bars = display.lit ? display.bars : 0;
  const scale = Math.min(1, (LCD.width - 48) / segmentsWidth(digits));
  const top = LCD.y + (LCD.height - 36 * scale) / 2;
  return svg`
    ${defs("front")}
    ${body("front")}
    <text class="engraved" x="178" y="34" text-anchor="middle">oath-bridge</text>
    <rect class="bezel" x=${LCD.x - 6} y=${LCD.y - 6} width=${LCD.width + 12} height=${LCD.height + 12} rx="11" />
    <rect class=${display.lit ? "glass lit" : "glass"} x=${LCD.x} y=${LCD.y} width=${LCD.width} height=${LCD.height} rx="6" />
    <g transform="translate(${LCD.x + 12} ${LCD.y + 15})">
      ${Array.from(
        { length: DISPLAY_BARS },
        (_, index) =>
          svg`<rect class=${index >= DISPLAY_BARS - bars ? "segment on" : "segment"} y=${index * 7.6} width="13" height="5.4" rx="1" />`,
      )}
    </g>
    <g transform="translate(${LCD.x + 39} ${top}) scale(${scale})">${sevenSegmentDigits(text, digits)}</g>
    <path class="glare" d="M${LCD.x} ${LCD.y + 30} V${LCD.y + 6} a6 6 0 0 1 6 -6 H${LCD.x + 120} Z" />
    <circle class="well" cx="312" cy="83" r="27" />
    <text class="engraved" x="178" y="150" text-anchor="middle">demo token</text>
  `;
}

/** The back: a label with maker, model, serial number and its barcode. */
export function tokenBack(token: {
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
}): SVGTemplateResult {
  const { bars, width } = encodeCode39(token.serialNumber);
  const unit = 196 / width;
  return svg`
    ${defs("back")}
    <g transform="translate(360 0) scale(-1 1)">${body("back")}</g>
    <rect class="label" x="34" y="34" width="236" height="108" rx="8" />
    <text class="print" x="48" y="56">${token.manufacturer}</text>
    <text class="print" x="256" y="56" text-anchor="end">${token.model}</text>
    <g transform="translate(54 66)">
      ${bars.map(({ x, width: bar }) => svg`<rect class="ink" x=${(x * unit).toFixed(2)} width=${(bar * unit).toFixed(2)} height="34" />`)}
    </g>
    <text class="print serial" x="152" y="124" text-anchor="middle">S/N ${token.serialNumber}</text>
  `;
}

function body(face: string): SVGTemplateResult {
  return svg`
    <path class="edge" d="${BODY} ${HOLE}" fill-rule="evenodd" transform="translate(0 4)" />
    <path d="${BODY} ${HOLE}" fill-rule="evenodd" fill="url(#plastic-${face})" />
    <path class="shine" d="M98 13 H290 C326 13 344 38 348 70 C330 36 310 24 280 24 H104 C84 24 76 38 54 44 C70 34 76 13 98 13 Z" />
    <circle class="eyelet" cx="37" cy="88" r="16.5" />
  `;
}

function defs(face: string): SVGTemplateResult {
  return svg`<defs>
    <linearGradient id="plastic-${face}" x1="0" y1="0" x2="0" y2="1">
      <stop class="plastic-top" offset="0" />
      <stop class="plastic-middle" offset="0.5" />
      <stop class="plastic-bottom" offset="1" />
    </linearGradient>
  </defs>`;
}
