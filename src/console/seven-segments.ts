import { svg, type SVGTemplateResult } from "lit";

/** Segments of a digit by their usual letters: `a` on top, clockwise to `f`, `g` in the middle. */
const LIT_SEGMENTS: Readonly<Record<string, string>> = {
  "0": "abcdef",
  "1": "bc",
  "2": "abdeg",
  "3": "abcdg",
  "4": "bcfg",
  "5": "acdfg",
  "6": "acdefg",
  "7": "abc",
  "8": "abcdefg",
  "9": "abcdfg",
};

/** A digit's cell is 20 × 36 units; each segment is a bar with pointed ends. */
const SEGMENT_POINTS = {
  a: "2.6,2 4.6,0 15.4,0 17.4,2 15.4,4 4.6,4",
  b: "18,2.6 20,4.6 20,15.4 18,17.4 16,15.4 16,4.6",
  c: "18,18.6 20,20.6 20,31.4 18,33.4 16,31.4 16,20.6",
  d: "2.6,34 4.6,32 15.4,32 17.4,34 15.4,36 4.6,36",
  e: "2,18.6 4,20.6 4,31.4 2,33.4 0,31.4 0,20.6",
  f: "2,2.6 4,4.6 4,15.4 2,17.4 0,15.4 0,4.6",
  g: "2.6,18 4.6,16 15.4,16 17.4,18 15.4,20 4.6,20",
} as const;

const CELL = 20;
const GAP = 6;
const GROUP_GAP = 8;

/** Width in units of `count` digits as {@link sevenSegmentDigits} lays them out. */
export function segmentsWidth(count: number): number {
  return count * CELL + (count - 1) * GAP + GROUP_GAP;
}

/**
 * The digits of an LCD, `count` cells in two groups. Every cell shows all its segments faintly, as the glass of a real one
 * does, and those of its digit in full; an empty `text` leaves them all unlit.
 */
export function sevenSegmentDigits(text: string, count: number): SVGTemplateResult[] {
  const firstOfSecondGroup = Math.ceil(count / 2);
  return Array.from({ length: count }, (_, index) => {
    const x = index * (CELL + GAP) + (index >= firstOfSecondGroup ? GROUP_GAP : 0);
    const lit = LIT_SEGMENTS[text[index] ?? ""] ?? "";
    return svg`<g transform="translate(${x} 0) skewX(-5)">
      ${Object.entries(SEGMENT_POINTS).map(
        ([letter, points]) =>
          svg`<polygon class=${lit.includes(letter) ? "segment on" : "segment"} points=${points} />`,
      )}
    </g>`;
  });
}
