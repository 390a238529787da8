import { css } from "lit";

/**
 * The look of the drawn token. Its colours are those of a thing, the same in light and dark and in forced colours: a real
 * one does not change either. Only the button is a control, and that one shows the system's focus.
 */
export const tokenArtStyles = css`
  :host {
    display: block;
    max-width: 24rem;
  }
  .stage {
    position: relative;
    aspect-ratio: 360 / 176;
    perspective: 60rem;
    filter: drop-shadow(0 0.5rem 0.75rem rgb(15 23 42 / 0.28));
  }
  .face {
    position: absolute;
    inset: 0;
    backface-visibility: hidden;
    transition: transform 0.5s cubic-bezier(0.3, 0.7, 0.2, 1);
  }
  .front.away {
    transform: rotateY(180deg);
  }
  .back.away {
    transform: rotateY(-180deg);
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
    forced-color-adjust: none;
    user-select: none;
  }
  .plastic-top {
    stop-color: #56657c;
  }
  .plastic-middle {
    stop-color: #36435a;
  }
  .plastic-bottom {
    stop-color: #222c3e;
  }
  .edge {
    fill: #151c29;
  }
  .shine {
    fill: #fff;
    opacity: 0.13;
  }
  .eyelet {
    fill: none;
    stroke: #9aa7ba;
    stroke-width: 3;
  }
  .bezel {
    fill: #121824;
  }
  .glass {
    fill: #a7b3a0;
    transition: fill 0.2s;
  }
  .glass.lit {
    fill: #cfdcc2;
  }
  .glare {
    fill: #fff;
    opacity: 0.16;
  }
  .segment {
    fill: #1a2417;
    opacity: 0.07;
  }
  .segment.on {
    opacity: 1;
  }
  .well {
    fill: #172031;
  }
  .engraved {
    fill: #a9b7cb;
    font:
      600 11px system-ui,
      sans-serif;
    letter-spacing: 0.14em;
  }
  .label {
    fill: #f4f5f2;
  }
  .print {
    fill: #27303f;
    font:
      500 11px system-ui,
      sans-serif;
  }
  .print.serial {
    font:
      700 15px ui-monospace,
      monospace;
    letter-spacing: 0.04em;
  }
  .ink {
    fill: #111722;
  }
  .press {
    position: absolute;
    left: calc(312 / 360 * 100%);
    top: calc(83 / 176 * 100%);
    width: calc(46 / 360 * 100%);
    min-width: 2.5rem;
    aspect-ratio: 1;
    translate: -50% -50%;
    min-block-size: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    box-shadow:
      0 2px 3px rgb(0 0 0 / 0.5),
      inset 0 1px 1px rgb(255 255 255 / 0.5);
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .press,
  .press:hover {
    background: radial-gradient(circle at 35% 28%, #6fb2ff, #2b74d8 55%, #17509f);
  }
  .press:hover {
    filter: brightness(1.1);
  }
  .press:active {
    box-shadow: inset 0 2px 4px rgb(0 0 0 / 0.55);
    filter: brightness(0.92);
  }
  .press:focus-visible {
    outline: 3px solid #fff;
    outline-offset: 2px;
    box-shadow: 0 0 0 7px #1d5fbf;
  }
  .under {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5rem;
    margin-block-start: 1rem;
  }
  .under > button {
    padding-inline: 0.8125rem;
    font-size: 0.9375rem;
  }
  button[aria-pressed="true"] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  @media (prefers-reduced-motion: reduce) {
    .face,
    .glass {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .press {
      border: 2px solid #fff;
      forced-color-adjust: none;
    }
  }
`;
