import { SaxesParser, type SaxesAttributeNS } from "saxes";
import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { XmlAttribute, XmlElement } from "./element.ts";

/** What {@link parseChildren} gives: the root, so far as its tag says, and one finished child of it. */
export interface RootChild {
  /** Without children and text. */
  readonly root: XmlElement;
  readonly child: XmlElement;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const CHUNK_CHARACTERS = 65_536;
/** The namespaces of declarations, which are no attributes of anything (Namespaces in XML 1.0, section 3). */
const XMLNS = "http://www.w3.org/2000/xmlns/";
const XINCLUDE = "http://www.w3.org/2001/XInclude";

/**
 * Parses XML and gives the children of its root, chunk by chunk of the text, so that a large file is never in memory as a
 * whole tree. Children of the root called `unwrapped` are not given: their own children are, as if they were the root's.
 * Throws {@link SeedFileError} `malformed` or `too-large`; both say where, neither what.
 */
export function* parseChildren(text: string, unwrapped?: string): Generator<readonly RootChild[]> {
  // Blanks before the declaration break the standard (XML 1.0, section 2.8) and yet occur.
  const start = text.length - text.trimStart().length;
  const linesBefore = countLineEnds(text.slice(0, start));
  const parser = new SaxesParser({ xmlns: true, position: true });
  const place = () => `line ${linesBefore + parser.line}, column ${parser.column + 1}`;
  const open: OpenElement[] = [];
  let finished: RootChild[] = [];

  parser.on("error", () => {
    // The parser's own message may quote the file: it is not kept.
    throw malformed(`it is not well-formed XML at ${place()}`);
  });
  parser.on("processinginstruction", () => {
    throw malformed(`it holds a processing instruction at ${place()}`);
  });
  /** True when the elements that are open belong to one entry, a child that will be given. */
  const isEntryOpen = () => open.length > (open[1] && open[1].name === unwrapped ? 2 : 1);
  let attributes = 0;
  let elements = 0;
  parser.on("opentagstart", () => {
    attributes = 0;
    if (open.length >= LIMITS.xml.depth) throw tooLarge("elements inside elements", place());
    elements = isEntryOpen() ? elements + 1 : 0;
    if (elements > LIMITS.xml.elements) throw tooLarge("elements in one entry", place());
  });
  parser.on("attribute", ({ value }) => {
    attributes += 1;
    if (attributes > LIMITS.xml.attributes) throw tooLarge("attributes in one tag", place());
    if (value.length > LIMITS.xml.characters) throw tooLarge("characters in one value", place());
  });
  parser.on("opentag", (tag) => {
    if (tag.uri === XINCLUDE) throw malformed(`it asks for another file at ${place()}`);
    open.push({
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes).filter(isOrdinary).map(toAttribute),
      children: [],
      text: "",
    });
  });
  const addText = (more: string) => {
    const element = open.at(-1);
    // Between the entries there are only blanks, a line end for each: they would add up.
    if (!element || !isEntryOpen()) return;
    element.text += more;
    if (element.text.length > LIMITS.xml.characters) throw tooLarge("characters in one value", place());
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop();
    const parent = open.at(-1);
    const [root] = open;
    if (!element || !parent || !root) return;
    if (isEntryOpen()) parent.children.push(element);
    else if (parent !== root || element.name !== unwrapped) finished.push({ root, child: element });
  });

  for (let position = start; position < text.length; position += CHUNK_CHARACTERS) {
    parser.write(text.slice(position, position + CHUNK_CHARACTERS));
    yield finished;
    finished = [];
  }
  parser.close();
  yield finished;
}

function isOrdinary(attribute: SaxesAttributeNS): boolean {
  return attribute.uri !== XMLNS;
}

function toAttribute({ local, uri, value }: SaxesAttributeNS): XmlAttribute {
  return { name: local, namespace: uri, value };
}

function countLineEnds(text: string): number {
  return text.split(/\r\n|\r|\n/u).length - 1;
}

function malformed(problem: string): SeedFileError {
  return new SeedFileError(
    "malformed",
    `The XML cannot be read: ${problem}. Ask the sender for a sound file.`,
  );
}

function tooLarge(what: string, place: string): SeedFileError {
  return new SeedFileError(
    "too-large",
    `The file has more ${what} at ${place} than any seed file needs. Ask the sender for a plain PSKC file.`,
  );
}
