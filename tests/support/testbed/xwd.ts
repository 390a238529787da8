/** Red, green, blue, 0–255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Where a window dump's header says what; 32-bit big-endian words. Source: X.Org's `XWDFile.h`, version 7. */
const HEADER = { HEADER_SIZE: 0, WIDTH: 16, HEIGHT: 20, BYTES_PER_LINE: 48, COLOUR_COUNT: 76 } as const;
const COLOUR_SIZE = 12;
/** A screen of depth 24 keeps blue, green, red and a byte of padding on a little-endian machine. */
const PIXEL_SIZE = 4;

/** How many pixels of a window dump of depth 24 have exactly this colour. */
export function countPixels(dump: Buffer, [red, green, blue]: Rgb): number {
  const word = (offset: number) => dump.readUInt32BE(offset);
  const start = word(HEADER.HEADER_SIZE) + word(HEADER.COLOUR_COUNT) * COLOUR_SIZE;
  const wanted = (red << 16) | (green << 8) | blue;
  let count = 0;
  for (let y = 0; y < word(HEADER.HEIGHT); y += 1) {
    const line = start + y * word(HEADER.BYTES_PER_LINE);
    for (let x = 0; x < word(HEADER.WIDTH); x += 1) {
      if (dump.readUIntLE(line + x * PIXEL_SIZE, 3) === wanted) count += 1;
    }
  }
  return count;
}
