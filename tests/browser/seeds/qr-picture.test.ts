import encodeQR from "qr";
import { describe, expect, it } from "vitest";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { readSeedFile, SeedFileError } from "../../../src/seeds/index.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const URI = `otpauth://totp/Nordlicht:0012300001?secret=${SECRET}&issuer=Nordlicht`;

/** A picture of a QR code as a person would have it: somewhere in a larger picture. */
async function pictureOf(
  text: string,
  options: { type: string; scale: number; ground?: string },
): Promise<Blob> {
  const rows = encodeQR(text, "raw", { border: 4 });
  const { scale, type, ground } = options;
  const canvas = new OffscreenCanvas((rows.length + 20) * scale, (rows.length + 40) * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.fillStyle = "#000";
  for (const [y, row] of rows.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (isDark) context.fillRect((x + 5) * scale, (y + 15) * scale, scale, scale);
    }
  }
  return await canvas.convertToBlob({ type });
}

async function codeOf(file: Blob): Promise<string> {
  const error: unknown = await readSeedFile(file).catch((reason: unknown) => reason);
  return error instanceof SeedFileError ? error.code : "read";
}

describe("a picture of a QR code", () => {
  it.each([
    ["PNG", { type: "image/png", scale: 6, ground: "#fff" }],
    ["PNG on a transparent ground", { type: "image/png", scale: 6 }],
    ["JPEG", { type: "image/jpeg", scale: 6, ground: "#eee" }],
    ["WebP", { type: "image/webp", scale: 6, ground: "#fff" }],
    ["PNG larger than what is looked at", { type: "image/png", scale: 40, ground: "#fff" }],
  ])("is read from %s", async (_, options) => {
    const { format, seeds } = await readSeedFile(await pictureOf(URI, options));

    expect(format).toBe("otpauth");
    expect(seeds).toMatchObject([
      { serialNumber: "0012300001", manufacturer: "Nordlicht", periodSeconds: 30 },
    ]);
    expect(new TextDecoder().decode(seeds[0]?.secret)).toBe("12345678901234567890");
  });

  it("is refused when it shows none, something else, or is damaged", async () => {
    const blank = new OffscreenCanvas(200, 200);
    blank.getContext("2d")?.fillRect(0, 0, 10, 10);
    const whole = await pictureOf(URI, { type: "image/png", scale: 4, ground: "#fff" });

    expect(await codeOf(await blank.convertToBlob())).toBe("no-qr-code");
    expect(
      await codeOf(await pictureOf("https://example.org", { type: "image/png", scale: 4, ground: "#fff" })),
    ).toBe("unknown-format");
    expect(await codeOf(whole.slice(0, 60))).toBe("unsupported-picture");
  });

  it("is read in the verification worker, too, and in UTF-16 text beside it", async () => {
    const databaseName = `qr-${crypto.randomUUID()}`;
    const service = await createLocalMfaService({ databaseName });
    try {
      const picture = await pictureOf(URI, { type: "image/png", scale: 6, ground: "#fff" });
      expect(await service.importSeeds(picture)).toMatchObject({ format: "otpauth", imported: 1 });
      const text = `\uFEFFserial number\tsecret key\r\nTEST00000002\t${SECRET}\r\n`;
      const utf16 = new Blob([Uint16Array.from(text, (character) => character.charCodeAt(0))]);
      expect(await service.importSeeds(utf16)).toMatchObject({ format: "csv-entra", imported: 1 });
    } finally {
      await service.close();
      indexedDB.deleteDatabase(databaseName);
    }
  });
});
