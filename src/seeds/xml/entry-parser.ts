import { SaxesParser, type SaxesAttributeNS } from "saxes";
import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { XmlAttribute, XmlElement } from "./element.ts";

/** What {@link EntryParser} gives: the root, so far as its tag says, and one finished child of it. */
export interface RootChild {
  /** Without children and text. */
  readonly root: XmlElement;
  readonly child: XmlElement;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** The namespaces of declarations, which are no attributes of anything (Namespaces in XML 1.0, section 3). */
const XMLNS = "http://www.w3.org/2000/xmlns/";
const XINCLUDE = "http://www.w3.org/2001/XInclude";

/**
 * Takes XML in slices of any size and gives the children of its root, one by one as they end, so that a large file is never
 * in memory as a whole. Children of the root called `unwrapped` are not given: their own children are, as if they were the
 * root's. Throws {@link SeedFileError} `malformed` or `too-large`; both say where, neither what.
 */
export class EntryParser {
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #unwrapped: string | undefined;
  readonly #open: OpenElement[] = [];
  readonly #blanks = new LeadingBlanks();
  #finished: RootChild[] = [];
  #attributes = 0;
  #elements = 0;
  /** Where the parser last had something to tell; since then it holds the text in its own memory. */
  #told = 0;

  constructor(unwrapped?: string) {
    this.#unwrapped = unwrapped;
    this.#listen();
  }

  /** The children that end in this slice. */
  push(slice: string): readonly RootChild[] {
    const text = this.#blanks.skip(slice);
    if (text !== "") this.#parser.write(text);
    if (this.#parser.position - this.#told > LIMITS.xml.markup) {
      throw tooLarge("characters in one comment or value", this.#place());
    }
    return this.#take();
  }

  /** The children that were left when the text ended; throws `malformed` when it is not whole. */
  end(): readonly RootChild[] {
    this.#parser.close();
    return this.#take();
  }

  #take(): readonly RootChild[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on("error", () => {
      // The parser's own message may quote the file: it is not kept.
      throw malformed(`it is not well-formed XML at ${this.#place()}`);
    });
    parser.on("processinginstruction", () => {
      throw malformed(`it holds a processing instruction at ${this.#place()}`);
    });
    parser.on("comment", () => this.#note());
    parser.on("opentagstart", () => this.#beginTag());
    parser.on("attribute", ({ value }) => this.#countAttribute(value));
    parser.on("opentag", (tag) => {
      if (tag.uri === XINCLUDE) throw malformed(`it asks for another file at ${this.#place()}`);
      this.#open.push({
        name: tag.local,
        namespace: tag.uri,
        attributes: Object.values(tag.attributes).filter(isOrdinary).map(toAttribute),
        children: [],
        text: "",
      });
    });
    parser.on("text", (text) => this.#addText(text));
    parser.on("cdata", (text) => this.#addText(text));
    parser.on("closetag", () => this.#closeElement());
  }

  #note(): void {
    this.#told = this.#parser.position;
  }

  /** True when the elements that are open belong to one entry, a child that will be given. */
  #isEntryOpen(): boolean {
    const first = this.#open[1];
    return this.#open.length > (first && first.name === this.#unwrapped ? 2 : 1);
  }

  #beginTag(): void {
    this.#note();
    this.#attributes = 0;
    if (this.#open.length >= LIMITS.xml.depth) throw tooLarge("elements inside elements", this.#place());
    this.#elements = this.#isEntryOpen() ? this.#elements + 1 : 0;
    if (this.#elements > LIMITS.xml.elements) throw tooLarge("elements in one entry", this.#place());
  }

  #countAttribute(value: string): void {
    this.#note();
    this.#attributes += 1;
    if (this.#attributes > LIMITS.xml.attributes) throw tooLarge("attributes in one tag", this.#place());
    if (value.length > LIMITS.xml.characters) throw tooLarge("characters in one value", this.#place());
  }

  #addText(more: string): void {
    this.#note();
    const element = this.#open.at(-1);
    // Between the entries there are only blanks, a line end for each: they would add up.
    if (!element || !this.#isEntryOpen()) return;
    element.text += more;
    if (element.text.length > LIMITS.xml.characters) throw tooLarge("characters in one value", this.#place());
  }

  #closeElement(): void {
    this.#note();
    const element = this.#open.pop();
    const parent = this.#open.at(-1);
    const [root] = this.#open;
    if (!element || !parent || !root) return;
    if (this.#isEntryOpen()) parent.children.push(element);
    else if (parent !== root || element.name !== this.#unwrapped)
      this.#finished.push({ root, child: element });
  }

  #place(): string {
    return `line ${this.#blanks.lines + this.#parser.line}, column ${this.#parser.column + 1}`;
  }
}

/** Takes off the blanks before the declaration, which break the standard (XML 1.0, section 2.8) and yet occur. */
class LeadingBlanks {
  /** Lines that end in them. */
  lines = 0;
  #isOver = false;
  #endsInReturn = false;

  skip(slice: string): string {
    if (this.#isOver) return slice;
    const rest = slice.trimStart();
    this.#isOver = rest !== "";
    const blanks = slice.slice(0, slice.length - rest.length);
    this.lines += blanks.split(/\r\n|\r|\n/u).length - 1;
    // The halves of one line end were in two slices.
    if (this.#endsInReturn && blanks.startsWith("\n")) this.lines -= 1;
    this.#endsInReturn = blanks.endsWith("\r");
    return rest;
  }
}

function isOrdinary(attribute: SaxesAttributeNS): boolean {
  return attribute.uri !== XMLNS;
}

function toAttribute({ local, uri, value }: SaxesAttributeNS): XmlAttribute {
  return { name: local, namespace: uri, value };
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
