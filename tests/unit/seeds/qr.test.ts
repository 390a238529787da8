import encodeQR from "qr";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { refusalOf, RFC_KEY } from "./files.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const URI = `otpauth://totp/Nordlicht:0012300001?secret=${RFC_KEY.base32}&issuer=Nordlicht`;
const SCALE = 4;

/** The pixels of a QR code, as a canvas would give them. */
function pixelsOf(text: string): ImageData {
  const rows = encodeQR(text, "raw", { border: 4, scale: SCALE });
  const side = rows.length;
  const data = new Uint8ClampedArray(side * side * 4);
  for (const [y, row] of rows.entries()) {
    for (const [x, isDark] of row.entries())
      data.set([...Array<number>(3).fill(isDark ? 0 : 255), 255], (y * side + x) * 4);
  }
  return { width: side, height: side, data } as ImageData;
}

/** Stands in for a browser's decoder, which Node has not; the tests in a browser use the real one. */
function stubPictures(pixels: ImageData | Error): {
  close: ReturnType<typeof vi.fn>;
  data: Uint8ClampedArray | null;
} {
  const close = vi.fn();
  vi.stubGlobal("createImageBitmap", () =>
    pixels instanceof Error
      ? Promise.reject(pixels)
      : Promise.resolve({ width: pixels.width, height: pixels.height, close }),
  );
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext() {
        const none = () => undefined;
        return { fillRect: none, drawImage: none, clearRect: none, getImageData: () => pixels };
      }
    },
  );
  return { close, data: pixels instanceof Error ? null : pixels.data };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a picture of a QR code", () => {
  it.each([
    ["PNG", PNG],
    ["JPEG", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ["GIF", new TextEncoder().encode("GIF89a")],
    ["WebP", new TextEncoder().encode("RIFF0000WEBP")],
  ])("is told in Node that %s cannot be decoded there", async (_, bytes) => {
    const refusal = await refusalOf(bytes);
    expect(refusal).toMatchObject({ name: "SeedFileError", code: "unsupported-picture" });
    expect(refusal.message).toContain("browser");
  });

  it("gives the seed of its URI, and its pixels are wiped", async () => {
    const stub = stubPictures(pixelsOf(URI));

    const { format, seeds } = await readSeedFile(PNG);

    expect(format).toBe("otpauth");
    expect(seeds).toMatchObject([{ serialNumber: "0012300001", manufacturer: "Nordlicht" }]);
    expect(new TextDecoder().decode(seeds[0]?.secret)).toBe(RFC_KEY.text);
    expect(stub.close).toHaveBeenCalledOnce();
    expect(stub.data?.some((value) => value !== 0)).toBe(false);
  });

  it("is refused when its code holds something else", async () => {
    stubPictures(pixelsOf(`https://example.org/${RFC_KEY.base32}`));
    const refusal = await refusalOf(new Blob([PNG]));
    expect(refusal.code).toBe("unknown-format");
    expect(refusal.message).not.toContain("example");
  });

  it("is refused when there is no code in it", async () => {
    const data = new Uint8ClampedArray(64 * 64 * 4).fill(255);
    stubPictures({ width: 64, height: 64, data } as ImageData);
    expect((await refusalOf(PNG)).code).toBe("no-qr-code");
  });

  it("is refused when the browser cannot decode it", async () => {
    stubPictures(new DOMException("bad", "InvalidStateError"));
    const refusal = await refusalOf(PNG);
    expect(refusal.code).toBe("unsupported-picture");
    expect(refusal.cause).toMatchObject({ name: "InvalidStateError" });
  });

  it("is refused when its header promises more pixels than any camera takes", async () => {
    stubPictures(pixelsOf(URI));
    const bomb = new Uint8Array(24);
    bomb.set(PNG);
    new DataView(bomb.buffer).setUint32(16, 100_000);
    new DataView(bomb.buffer).setUint32(20, 100_000);
    expect((await refusalOf(bomb)).code).toBe("too-large");
  });
});
