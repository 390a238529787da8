import { SeedFileError } from "../errors.ts";
import type { ReadingTask, Recognition, XmlFormatReader } from "../format.ts";
import { DEFAULTS } from "../limits.ts";
import { byFormat } from "../secret-form.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenTexts } from "../token-texts.ts";
import type { XmlElement } from "../xml/element.ts";
import { parseChildren } from "../xml/parse-children.ts";
import { findRootName } from "../xml/root-name.ts";

/** Hex digits of a key of 32 bytes, the only one that is not for SHA-1. */
const SHA256_DIGITS = 64;

/**
 * SafeNet's, before that Aladdin's, XML for eToken PASS: HOTP, six digits, keys in hex; 32 bytes are for SHA-256. Names count
 * in their own case only, and the first application with a seed is read.
 */
export const safenet: XmlFormatReader = { format: "safenet-xml", syntax: "xml", recognise, read };

function recognise(text: string): Recognition {
  return findRootName(text) === "Tokens" ? "yes" : "no";
}

async function read({ text, collector, pace, options }: ReadingTask): Promise<void> {
  if (recognise(text) === "no") throw notOfThisFormat();
  const total = text.match(/<\/Token\s*>/gu)?.length ?? 0;
  let row = 0;
  for (const batch of parseChildren(text)) {
    await pace.pause(collector.rows, total);
    for (const { child } of batch) {
      if (child.name !== "Token") continue;
      row += 1;
      const texts = textsOf(child);
      collector.add(row, {
        serialNumber: () => parseSerialNumber(texts.serialNumber),
        seed: (serialNumber) =>
          seedFromTexts(serialNumber, texts, {
            encoding: byFormat("hex"),
            options,
            assumes: assumptions({ ...DEFAULTS, type: "hotp" }, options),
          }),
      });
    }
  }
  if (row === 0) {
    throw new SeedFileError("empty-file", "The file holds no Token. Ask the sender for the complete file.");
  }
}

function textsOf(token: XmlElement): TokenTexts {
  const applications = childrenOf(findChild(token, "Applications"), "Application");
  const application = applications.find((each) => findChild(each, "Seed") !== null) ?? null;
  const secret = findChild(application, "Seed")?.text ?? "";
  return {
    serialNumber: token.attributes.find(({ name }) => name === "serial")?.value ?? "",
    secret,
    algorithm: secret.replace(/\s/gu, "").length === SHA256_DIGITS ? "sha256" : "sha1",
    counter: findChild(application, "MovingFactor")?.text.trim(),
    model: findChild(token, "ProductName")?.text ?? findChild(token, "Model")?.text,
  };
}

function childrenOf(element: XmlElement | null, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function findChild(element: XmlElement | null, name: string): XmlElement | null {
  return childrenOf(element, name)[0] ?? null;
}

function notOfThisFormat(): SeedFileError {
  return new SeedFileError(
    "unknown-format",
    "The file is not SafeNet's XML, whose first element is Tokens. Let the format be recognised, or choose another.",
  );
}
