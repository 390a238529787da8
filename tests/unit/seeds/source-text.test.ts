import { describe, expect, it } from "vitest";
import { readSourceText } from "../../../src/seeds/source-text.ts";
import { ENTRA_HEADER, entraFile, entraRow, pskcFile, pskcPackage, refusalOf } from "./files.ts";

function utf16(text: string, options: { littleEndian: boolean; mark: boolean }): Uint8Array {
  const content = options.mark ? `\uFEFF${text}` : text;
  const view = new DataView(new ArrayBuffer(content.length * 2));
  for (let index = 0; index < content.length; index += 1) {
    view.setUint16(index * 2, content.charCodeAt(index), options.littleEndian);
  }
  return new Uint8Array(view.buffer);
}

describe("readSourceText", () => {
  it.each([
    ["no bytes", new Uint8Array()],
    ["no text", ""],
    ["blanks", " \r\n\t"],
    ["a byte-order mark alone", Uint8Array.of(0xef, 0xbb, 0xbf)],
  ])("calls a file of %s empty", async (_, file) => {
    expect((await refusalOf(file)).code).toBe("empty-file");
  });

  it.each([
    ["little-endian with a mark", { littleEndian: true, mark: true }],
    ["big-endian with a mark", { littleEndian: false, mark: true }],
    ["little-endian", { littleEndian: true, mark: false }],
    ["big-endian", { littleEndian: false, mark: false }],
  ])("recognises UTF-16, %s", async (_, options) => {
    for (const text of [entraFile(entraRow("A")), pskcFile(pskcPackage())]) {
      const refusal = await refusalOf(utf16(text, options));
      expect(refusal.code).toBe("unsupported-text-encoding");
      expect(refusal.message).toContain("save it as UTF-8");
    }
  });

  it("says on which line bytes of another encoding stand", async () => {
    const latin1 = Uint8Array.from(`${ENTRA_HEADER}\n,1,AAAA,30,M\xfcller,M`, (character) =>
      character.charCodeAt(0),
    );

    const refusal = await refusalOf(latin1);

    expect(refusal.code).toBe("unsupported-text-encoding");
    expect(refusal.message).toContain("line 2");
  });

  it.each([
    ["an Excel workbook", [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], "CSV UTF-8"],
    ["an old Excel workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "CSV UTF-8"],
    ["a gzip archive", [0x1f, 0x8b, 0x08], "unpack"],
    ["a PDF document", [...new TextEncoder().encode("%PDF-1.7\n")], "PDF"],
    ["a PNG picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], "PNG"],
    ["text with a control character", [0x61, 0x0a, 0x62, 0x07], "line 2"],
    ["text with a DEL", [0x61, 0x62, 0x7f], "line 1"],
  ])("says that %s is not text", async (_, bytes, words) => {
    const refusal = await refusalOf(Uint8Array.from(bytes));
    expect(refusal.code).toBe("not-text");
    expect(refusal.message).toContain(words);
  });

  it("refuses control characters in a text handed over as a string", async () => {
    expect((await refusalOf(entraFile(entraRow("A\0B")))).code).toBe("not-text");
  });

  it.each([
    ["XML", `<KeyContainer>${" ".repeat(10_000_000)}`],
    ["CSV", `${ENTRA_HEADER}\n${" ".repeat(20_000_000)}`],
  ])("refuses a large %s", async (_, text) => {
    expect((await refusalOf(text)).code).toBe("too-large");
  });

  it("judges a file's size before reading it", async () => {
    const read: number[] = [];
    const huge = {
      size: 2_000_000_000,
      slice: (_start: number, end: number) => {
        read.push(end);
        return new Blob([ENTRA_HEADER]);
      },
    } as unknown as Blob;

    expect((await refusalOf(huge)).code).toBe("too-large");
    expect(read).toEqual([1024]);
  });

  it("says when the file can no longer be read", async () => {
    const gone = {
      size: 10,
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) }),
    } as unknown as Blob;

    const refusal = await refusalOf(gone);

    expect(refusal.code).toBe("not-readable");
    expect(refusal.cause).toMatchObject({ name: "NotReadableError" });
  });

  it("takes any view of bytes, and the buffer itself", async () => {
    const bytes = new TextEncoder().encode(`xx${entraFile(entraRow("A"))}`);
    const buffer = bytes.buffer.slice(2);
    const text = entraFile(entraRow("A"));

    for (const file of [bytes.subarray(2), new DataView(bytes.buffer, 2) as unknown as Uint8Array, buffer]) {
      expect(await readSourceText(file, {})).toEqual({ text, syntax: "csv" });
    }
  });

  it.each([[null], [undefined], [7], [["a"]], [{ size: 3 }], [new SharedArrayBuffer(2)]])(
    "says what it takes when handed %j",
    async (file) => {
      const refusal = await refusalOf(file as unknown as string);
      expect(refusal).toBeInstanceOf(TypeError);
      expect(refusal.message).toMatch(/^readSeedFile takes a File or Blob, .*\.$/u);
    },
  );

  it("keeps every character of UTF-8 text", async () => {
    const text = "a,ü,漢,🔑\n";

    expect(await readSourceText(new Blob([text]), {})).toEqual({ text, syntax: "csv" });
    expect(await readSourceText(new TextEncoder().encode(`\uFEFF<a>${text}`), {})).toEqual({
      text: `<a>${text}`,
      syntax: "xml",
    });
  });
});
