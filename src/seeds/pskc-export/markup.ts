import { SeedExportError } from "./errors.ts";

/** What XML 1.0 (section 2.2) cannot hold, even escaped: controls, halves of characters, two non-characters. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // Written as they are, line ends and tabs would come back as a line feed or blank (XML 1.0, sections 2.11 and 3.3.3).
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text as it stands in an element or attribute. Throws {@link SeedExportError} `unsupported-seed`. */
export function escapeText(text: string): string {
  if (IMPOSSIBLE.test(text)) {
    throw new SeedExportError(
      "unsupported-seed",
      "A token has a character in its serial number or name that a PSKC file cannot hold. Leave that token out.",
    );
  }
  return text.replace(/[&<>"\t\n\r]/gu, (character) => ESCAPES[character] ?? character);
}
