import { SeedFileError } from "../errors.ts";
import type { SlicedTask, XmlFormatReader } from "../format.ts";
import { DEFAULTS } from "../limits.ts";
import { RecurringLabels } from "../label.ts";
import { byFormat } from "../secret-form.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenRules, type TokenTexts } from "../token-texts.ts";
import type { XmlElement } from "../xml/element.ts";
import { walkEntries } from "../xml/walk-entries.ts";

/** Hex digits of a key of 32 bytes, the only one that is not for SHA-1. */
const SHA256_DIGITS = 64;

/**
 * SafeNet's, before that Aladdin's, XML for eToken PASS: HOTP, six digits, keys in hex; 32 bytes are for SHA-256. Names count
 * in their own case only, and the first application with a seed is read.
 */
export const safenet: XmlFormatReader = { format: "safenet-xml", syntax: "xml", roots: ["Tokens"], read };

async function read(task: SlicedTask): Promise<void> {
  const { collector, options } = task;
  const rules: TokenRules = {
    encoding: byFormat("hex"),
    options,
    assumes: assumptions({ ...DEFAULTS, type: "hotp" }, options),
    parseLabel: new RecurringLabels().parse,
  };
  let row = 0;
  await walkEntries(task, ({ child }) => {
    if (child.name !== "Token") return;
    row += 1;
    const texts = textsOf(child);
    collector.add(row, {
      serialNumber: () => parseSerialNumber(texts.serialNumber),
      seed: (serialNumber) => seedFromTexts(serialNumber, texts, rules),
    });
  });
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
