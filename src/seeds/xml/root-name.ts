import { LIMITS } from "../limits.ts";
import type { SourceText } from "../source-text.ts";

/**
 * The beginning of an XML file, up to the name of its root: as many slices as that takes, and no more than a comment may have.
 * Rejects as the slices do; with `empty-file` when there are only blanks.
 */
export async function readXmlHead(source: SourceText): Promise<string> {
  let head = "";
  for await (const slice of source.slices()) {
    head = head.trim() === "" ? slice : head + slice;
    if (findRootName(head) !== null || (head.length > LIMITS.xml.markup && head.trim() !== "")) break;
  }
  return head;
}

/** The local name of the first element, found without parsing: after declaration, instructions and comments. */
export function findRootName(text: string): string | null {
  let position = skipBlanks(text, 0);
  for (;;) {
    const end = text.startsWith("<?", position) ? "?>" : text.startsWith("<!--", position) ? "-->" : null;
    if (end === null) break;
    const found = text.indexOf(end, position);
    if (found < 0) return null;
    position = skipBlanks(text, found + end.length);
  }
  const name = /^<([^\s<>/!?]+)[\s/>]/u.exec(text.slice(position, position + NAME_CHARACTERS))?.[1];
  return name?.slice(name.indexOf(":") + 1) ?? null;
}

const NAME_CHARACTERS = 256;

function skipBlanks(text: string, from: number): number {
  const blanks = /\s*/uy;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}
