import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../src/seeds/read-seed-file.ts";
import { LIMITS } from "../../../src/seeds/limits.ts";
import { openSource } from "../../../src/seeds/source-text.ts";
import { requireSource, type SeedFileSource } from "../../../src/seeds/source.ts";
import { ENTRA_HEADER, entraFile, entraRow, pskcFile, pskcPackage, refusalOf } from "./files.ts";

function utf16(text: string, options: { littleEndian: boolean; mark: boolean }): Uint8Array {
  const content = options.mark ? `\uFEFF${text}` : text;
  const view = new DataView(new ArrayBuffer(content.length * 2));
  for (let index = 0; index < content.length; index += 1) {
    view.setUint16(index * 2, content.charCodeAt(index), options.littleEndian);
  }
  return new Uint8Array(view.buffer);
}

async function readSourceText(file: SeedFileSource) {
  const opened = await openSource(requireSource(file), {});
  if (opened.kind !== "text") throw new Error("the file is a picture");
  const slices: string[] = [];
  for await (const slice of opened.source.slices()) slices.push(slice);
  return { text: slices.join(""), syntax: opened.source.syntax };
}

/** A file of this size with a text at its beginning, which is all that may be read of it. */
function hugeFile(size: number, head: string, read: number[]): Blob {
  return {
    size,
    slice: (_start: number, end: number) => {
      read.push(end);
      return new Blob([head]);
    },
  } as unknown as Blob;
}

describe("openSource", () => {
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
  ])("I4 reads UTF-16, %s", async (_, options) => {
    const csv = await readSeedFile(utf16(entraFile(entraRow("A"), entraRow("Bü")), options));
    const xml = await readSeedFile(new Blob([Uint8Array.from(utf16(pskcFile(pskcPackage()), options))]));

    expect(csv.seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A", "Bü"]);
    expect(xml.seeds.map(({ serialNumber }) => serialNumber)).toEqual(["NL-1"]);
  });

  it("I4 refuses UTF-16 that is cut in two, and UTF-32", async () => {
    const cut = utf16(`${entraFile(entraRow("A"))}\uD800`, { littleEndian: true, mark: true });
    const refusal = await refusalOf(cut);
    expect(refusal.code).toBe("unsupported-text-encoding");
    expect(refusal.message).toContain("line 3");
    for (const mark of [
      [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0],
      [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61],
    ]) {
      expect((await refusalOf(Uint8Array.from(mark))).message).toContain("UTF-32");
    }
  });

  it("decodes characters that stand across two slices, and counts lines over all", async () => {
    const row = "🔑,ü,漢\n";
    const rows = row.repeat(Math.ceil((LIMITS.sliceBytes * 2.5) / new TextEncoder().encode(row).length));
    for (const encode of [
      (text: string) => new TextEncoder().encode(text),
      (text: string) => utf16(text, { littleEndian: false, mark: true }),
    ]) {
      expect((await readSourceText(new Blob([Uint8Array.from(encode(rows))]))).text).toBe(rows);
    }
    const damaged = Uint8Array.from([...new TextEncoder().encode(rows), 0xff]);
    await expect(readSourceText(damaged)).rejects.toThrow(`line ${rows.split("\n").length} `);
    const control = `${rows}\u0007`;
    await expect(readSourceText(control)).rejects.toThrow(`line ${rows.split("\n").length},`);
  });

  it("I4 says on which line bytes of another encoding stand", async () => {
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
    ["XML", 200_000_001, "<KeyContainer>"],
    ["text", 200_000_001, ENTRA_HEADER],
    ["a picture", 20_000_001, "GIF89a"],
  ])("I2 judges the size of %s before reading it", async (what, size, head) => {
    const read: number[] = [];

    const refusal = await refusalOf(hugeFile(size, head, read));

    expect(refusal.code).toBe("too-large");
    expect(refusal.message).toContain(`read of ${what}.`);
    expect(read).toEqual([1024]);
  });

  it("refuses a large XML handed over as a string", async () => {
    const xml = pskcFile(pskcPackage());
    expect((await refusalOf(xml, { maxFileBytes: xml.length - 1 })).code).toBe("too-large");
    expect((await readSeedFile(xml, { maxFileBytes: xml.length })).seeds).toHaveLength(1);
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
      expect(await readSourceText(file)).toEqual({ text, syntax: "text" });
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

    expect(await readSourceText(new Blob([text]))).toEqual({ text, syntax: "text" });
    expect(await readSourceText(new TextEncoder().encode(`\uFEFF<a>${text}`))).toEqual({
      text: `<a>${text}`,
      syntax: "xml",
    });
  });
});
