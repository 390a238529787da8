import { SeedFileError } from "../errors.ts";
import { readPixels, type Pixels } from "./pixels.ts";

/** The decoder's time for second tries, in milliseconds: there is one picture, and a person waits. */
const TRIES_MS = 2000;

/**
 * The otpauth URI in the QR code of a picture. The decoder is loaded only now, for few import pictures.
 * Rejects with {@link SeedFileError} `unsupported-picture`, `too-large`, `no-qr-code`, or `unknown-format` when the code
 * holds something else.
 */
export async function readQrCode(file: Blob | Uint8Array): Promise<string> {
  const pixels = await readPixels(file);
  try {
    const text = await decodePixels(pixels);
    if (/^\s*otpauth(?:-migration)?:\/\//iu.test(text)) return text;
  } finally {
    pixels.data.fill(0);
  }
  throw new SeedFileError(
    "unknown-format",
    "The QR code in the picture is none of a token. Choose the picture of an otpauth code.",
  );
}

async function decodePixels(pixels: Pixels): Promise<string> {
  const { decodeQR } = await import("qr/decode.js");
  try {
    return decodeQR(pixels, { format: "RGBA", timeLimit: TRIES_MS });
  } catch {
    // The decoder's message may quote what it read.
    throw new SeedFileError(
      "no-qr-code",
      "No QR code could be read in the picture. Take it from nearer, with the whole code in it and no shadow.",
    );
  }
}
