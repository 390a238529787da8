/**
 * Code 39 (ISO/IEC 16388): nine elements a character, bars and spaces in turn, three of them wide. Each number holds the
 * nine from left to right, a set bit is a wide one.
 */
const WIDE_ELEMENTS: Readonly<Record<string, number>> = {
  // prettier-ignore
  ...table("0123456789", [0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064]),
  // prettier-ignore
  ...table("ABCDEFGHIJ", [0x109, 0x049, 0x148, 0x019, 0x118, 0x058, 0x00d, 0x10c, 0x04c, 0x01c]),
  // prettier-ignore
  ...table("KLMNOPQRST", [0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016]),
  ...table("UVWXYZ*", [0x181, 0x0c1, 0x1c0, 0x091, 0x190, 0x0d0, 0x094]),
};

const ELEMENTS = 9;
/** Width of a wide element in narrow ones; the standard allows 2 to 3. */
const WIDE = 2.5;

/** A dark bar, measured in narrow elements from the left. */
export interface BarcodeBar {
  readonly x: number;
  readonly width: number;
}

/** The bars of `text` between its start and stop characters, and the whole width. Throws for other than A–Z and 0–9. */
export function encodeCode39(text: string): { readonly bars: readonly BarcodeBar[]; readonly width: number } {
  if (!/^[0-9A-Z]*$/u.test(text))
    throw new RangeError("Code 39 is drawn here for capital letters and digits");
  const bars: BarcodeBar[] = [];
  let x = 0;
  for (const character of `*${text}*`) {
    const wide = WIDE_ELEMENTS[character] ?? 0;
    for (let element = 0; element < ELEMENTS; element += 1) {
      const width = (wide >> (ELEMENTS - 1 - element)) & 1 ? WIDE : 1;
      if (element % 2 === 0) bars.push({ x, width });
      x += width;
    }
    x += 1; // the gap between characters
  }
  return { bars, width: x - 1 };
}

function table(characters: string, values: readonly number[]): Record<string, number> {
  return Object.fromEntries(characters.split("").map((character, index) => [character, values[index] ?? 0]));
}
