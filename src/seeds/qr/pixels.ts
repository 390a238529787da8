import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

/** The pixels of a picture: four bytes each, red, green, blue and opacity, row by row from the top left. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * Decodes a picture with what the browser has for it, in a page as in a worker, and makes a large one smaller. Whoever
 * receives the pixels wipes them, for a QR code of a seed is the seed.
 * Rejects with {@link SeedFileError} `unsupported-picture` or `too-large`.
 */
export async function readPixels(file: Blob | Uint8Array): Promise<Pixels> {
  if (typeof createImageBitmap !== "function" || typeof OffscreenCanvas !== "function") {
    throw new SeedFileError(
      "unsupported-picture",
      "The file is a picture, and here is nothing that decodes pictures. Import it in a browser, or scan the code and import its text.",
    );
  }
  const blob = ArrayBuffer.isView(file) ? new Blob([Uint8Array.from(file)]) : file;
  await refuseBomb(blob);
  const bitmap = await createImageBitmap(blob).catch((error: unknown) => {
    throw new SeedFileError(
      "unsupported-picture",
      "The picture is damaged or of a kind that this browser does not decode. Save it as PNG and import that file.",
      { cause: error },
    );
  });
  try {
    return drawn(bitmap);
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap): Pixels {
  const scale = Math.min(1, LIMITS.picture.side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) {
    throw new SeedFileError(
      "unsupported-picture",
      "The browser has no memory left to draw the picture. Make it smaller and import that file.",
    );
  }
  // A code on a transparent ground is black on nothing.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  context.clearRect(0, 0, width, height);
  return { width, height, data };
}

/** A few kilobytes of PNG can be gigabytes of pixels: its header says how many (PNG, section 11.2.1). */
async function refuseBomb(blob: Blob): Promise<void> {
  const head = new DataView(await blob.slice(0, PNG_HEADER_BYTES).arrayBuffer());
  if (head.byteLength < PNG_HEADER_BYTES || head.getUint32(0) !== PNG_SIGNATURE) return;
  if (head.getUint32(16) * head.getUint32(20) <= LIMITS.picture.pixels) return;
  throw new SeedFileError(
    "too-large",
    `The picture has more than ${LIMITS.picture.pixels / 1_000_000} million pixels. Cut the QR code out and import that.`,
  );
}

const PNG_HEADER_BYTES = 24;
const PNG_SIGNATURE = 0x89504e47;
