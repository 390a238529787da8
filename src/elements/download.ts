/** Browsers may read the object some time after the press; FileSaver.js waits as long (eligrey/FileSaver.js, `saveAs`). */
const KEEP_MS = 40_000;

/** Offers a text, or the content of a blob, to the person as a file to save. */
export function download(fileName: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
