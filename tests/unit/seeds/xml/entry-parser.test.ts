import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EntryParser } from "../../../../src/seeds/xml/entry-parser.ts";

function parse(...slices: string[]) {
  const parser = new EntryParser();
  return [...slices.flatMap((slice) => parser.push(slice)), ...parser.end()];
}

/** The text in slices of so many characters. */
function inSlices(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function refusal(...slices: string[]): { code: string; message: string } {
  try {
    parse(...slices);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("the text was parsed");
}

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}=""`).join(" ");
}

function entry(count: number): string {
  return `<b>${"<c/>".repeat(count)}</b>`;
}

describe("EntryParser", () => {
  it("gives names, namespaces, attributes and text", () => {
    const [first] = parse(
      `<a xmlns="urn:1" xmlns:q="urn:2"><q:b c="&lt;1" q:d="2"> x<![CDATA[<y>]]>&#122; </q:b></a>`,
    );

    expect(first?.root).toEqual({ name: "a", namespace: "urn:1", attributes: [], children: [], text: "" });
    expect(first?.child).toEqual({
      name: "b",
      namespace: "urn:2",
      attributes: [
        { name: "c", namespace: "", value: "<1" },
        { name: "d", namespace: "urn:2", value: "2" },
      ],
      children: [],
      text: " x<y>z ",
    });
  });

  it("gives each child as soon as it has ended, and keeps none of them", () => {
    const parser = new EntryParser();

    expect(parser.push("<a><b/><b")).toHaveLength(1);
    expect(parser.push(">")).toEqual([]);
    expect(parser.push("</b><b/></a>").map(({ root }) => root.children)).toEqual([[], []]);
    expect(parser.end()).toEqual([]);
  });

  it("gives the same however the text is cut into slices", () => {
    const text =
      "\r\n <?xml version='1.0'?><!-- é -->\r\n<a b='1'>\r\n<b>&lt;\u{1F511}<![CDATA[x]]></b><b/></a>\r\n";
    const whole = parse(text);
    expect(whole).toHaveLength(2);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (places) => {
        const cuts = [0, ...places.toSorted((one, other) => one - other), text.length];
        expect(parse(...cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut)))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it.each([1, 2, 3, 7, 1000])(
    "tells the place of an error in slices of %i characters as in one piece",
    (size) => {
      for (const [text, place] of [
        ["\r\n \n\r<a>\r\n\r\n  <b>x</c></a>", "line 6, column 11"],
        ["<a>\n\r\r\n <b é='1'></a>", "line 4, column 15"],
        ["\n<a>\n<b/>\n&x;</a>", "line 4, column 4"],
      ] as const) {
        const whole = refusal(text).message;
        expect(whole).toContain(place);
        expect(refusal(...inSlices(text, size)).message).toBe(whole);
      }
    },
  );

  it.each([
    ["a comment", "<a><!-- "],
    ["an instruction", "<?x "],
    ["a text", "<a><b>"],
    ["blanks between entries", "<a>"],
    ["a value", "<a b='"],
    ["an entity", "<a>&"],
    ["a name", "<a"],
    ["a closing name", "<a></a"],
    ["CDATA", "<a><![CDATA["],
  ])("gives up on %s that never ends, long before the memory does", (_, begin) => {
    const parser = new EntryParser();
    let pushed = 0;
    const push = () => {
      parser.push(begin);
      for (; pushed < 3_000_000; pushed += 50_000)
        parser.push((begin.endsWith("a>") ? " " : "x").repeat(50_000));
    };
    expect(push).toThrow(expect.objectContaining({ code: "too-large" }) as Error);
    expect(pushed).toBeLessThanOrEqual(1_000_000);
  });

  it("takes any number of blanks and comments of an ordinary size, inside and before", () => {
    const comment = `<!--${"x".repeat(900_000)}-->`;
    expect(parse(" ".repeat(2_000_000), comment, comment, "<a>", comment, comment, "<b/></a>")).toHaveLength(
      1,
    );
  });

  it.each([
    ["a tag never closed", "<a>\n  <b>", "line 2"],
    ["tags closed in the wrong order", "\n\n<a><b></a></b>", "line 3"],
    ["an unknown entity", "<a>&constructor;</a>", "line 1"],
    ["a prefix never declared", "<a><x:b/></a>", "line 1"],
    ["an attribute twice", `<a b="1"\n b="2"/>`, "line 2"],
    ["text after the root", "<a/>secret", "line 1"],
    ["text alone", "secret", "line 1"],
    ["a declaration in the middle", "<a/><?xml version='1.0'?>", "line 1"],
    ["a style sheet", "<?xml-stylesheet href='x'?><a/>", "processing instruction"],
    [
      "an inclusion",
      "<a xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='y'/></a>",
      "another file",
    ],
  ])("calls %s malformed and says where", (_, text, words) => {
    const { code, message } = refusal(text);
    expect(code).toBe("malformed");
    expect(message).toContain(words);
    expect(message).not.toMatch(/secret|constructor/u);
  });

  it("I1 goes 32 elements deep, and no deeper", () => {
    expect(parse("<a>".repeat(32) + "</a>".repeat(32))).toHaveLength(1);
    expect(refusal("<a>".repeat(33) + "</a>".repeat(33)).code).toBe("too-large");
    expect(refusal("<a>".repeat(200_000)).code).toBe("too-large");
  });

  it("I1 reads 64 attributes, and no more", () => {
    expect(parse(`<a><b ${attributes(64)}/><b ${attributes(64)}/></a>`)[0]?.child.attributes).toHaveLength(
      64,
    );
    expect(refusal(`<a><b ${attributes(65)}/></a>`).code).toBe("too-large");
  });

  it("I1 reads 65 536 characters of text, and no more", () => {
    expect(parse(`<a><b>${"x".repeat(65_536)}</b></a>`)).toHaveLength(1);
    expect(refusal(`<a><b>${"x".repeat(65_537)}</b></a>`).code).toBe("too-large");
    expect(refusal(`<a><b>${"x".repeat(40_000)}<c/>${"x".repeat(40_000)}</b></a>`).code).toBe("too-large");
    expect(refusal(`<a><b c="${"x".repeat(65_537)}"/></a>`).code).toBe("too-large");
  });

  it("reads 4096 elements in one entry, and no more", () => {
    expect(parse(`<a>${entry(4096).repeat(2)}</a>`)).toHaveLength(2);
    expect(refusal(`<a>${entry(4097)}</a>`).code).toBe("too-large");
  });

  it("I11 takes names of object members for names", () => {
    const [only] = parse(`<a><__proto__ __proto__="1" constructor="2">x</__proto__></a>`);
    expect(only?.child.name).toBe("__proto__");
    expect(only?.child.attributes.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
