import { describe, expect, it } from "vitest";
import { parseChildren } from "../../../../src/seeds/xml/parse-children.ts";

function parse(text: string) {
  return [...parseChildren(text)].flat();
}

function refusal(text: string): { code: string; message: string } {
  try {
    parse(text);
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

describe("parseChildren", () => {
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

  it("gives the children in batches and keeps none of them", () => {
    const batches = [...parseChildren(`<a>${"<b><c>some text</c></b>".repeat(10_000)}</a>`)];

    expect(batches.length).toBeGreaterThan(3);
    expect(batches.flat()).toHaveLength(10_000);
    expect(batches.flat().every(({ root }) => root.children.length === 0)).toBe(true);
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

  it("goes 32 elements deep, and no deeper", () => {
    expect(parse("<a>".repeat(32) + "</a>".repeat(32))).toHaveLength(1);
    expect(refusal("<a>".repeat(33) + "</a>".repeat(33)).code).toBe("too-large");
    expect(refusal("<a>".repeat(200_000)).code).toBe("too-large");
  });

  it("reads 64 attributes, and no more", () => {
    expect(parse(`<a><b ${attributes(64)}/><b ${attributes(64)}/></a>`)[0]?.child.attributes).toHaveLength(
      64,
    );
    expect(refusal(`<a><b ${attributes(65)}/></a>`).code).toBe("too-large");
  });

  it("reads 65 536 characters of text, and no more", () => {
    expect(parse(`<a><b>${"x".repeat(65_536)}</b></a>`)).toHaveLength(1);
    expect(refusal(`<a><b>${"x".repeat(65_537)}</b></a>`).code).toBe("too-large");
    expect(refusal(`<a><b>${"x".repeat(40_000)}<c/>${"x".repeat(40_000)}</b></a>`).code).toBe("too-large");
    expect(refusal(`<a><b c="${"x".repeat(65_537)}"/></a>`).code).toBe("too-large");
  });

  it("reads 4096 elements in one entry, and no more", () => {
    expect(parse(`<a>${entry(4096).repeat(2)}</a>`)).toHaveLength(2);
    expect(refusal(`<a>${entry(4097)}</a>`).code).toBe("too-large");
  });

  it("takes names of object members for names", () => {
    const [only] = parse(`<a><__proto__ __proto__="1" constructor="2">x</__proto__></a>`);
    expect(only?.child.name).toBe("__proto__");
    expect(only?.child.attributes.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
