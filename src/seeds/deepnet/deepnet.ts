import type { TextForm } from "../../core/text-forms.ts";
import { SeedFileError } from "../errors.ts";
import type { SlicedTask, XmlFormatReader } from "../format.ts";
import { DEFAULTS } from "../limits.ts";
import { RecurringLabels } from "../label.ts";
import { RowProblem } from "../row-problem.ts";
import { byFormat } from "../secret-form.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenTexts } from "../token-texts.ts";
import type { XmlElement } from "../xml/element.ts";
import type { RootChild } from "../xml/entry-parser.ts";
import { walkEntries } from "../xml/walk-entries.ts";

/**
 * Deepnet's XML for SafeID tokens: a header that says for all tokens how the seeds are written, then serial number and seed
 * of each. TOTP, unless the header says otherwise.
 */
export const deepnet: XmlFormatReader = { format: "deepnet-xml", syntax: "xml", roots: ["data"], read };

const FORMS: ReadonlyMap<string, TextForm> = new Map([
  ["hex", "hex"],
  ["base32", "base32"],
  ["base64", "base64"],
]);

async function read(task: SlicedTask): Promise<void> {
  const { collector, options } = task;
  const rules = {
    options,
    assumes: assumptions({ ...DEFAULTS, type: "totp" }, options),
    parseLabel: new RecurringLabels().parse,
  };
  let header: XmlElement | null = null;
  let row = 0;
  const visit = ({ child }: RootChild) => {
    if (child.name === "header") {
      header = child;
      refuseEncryption(child);
    }
    if (child.name !== "token") return;
    row += 1;
    const texts = textsOf(child, header);
    const form = FORMS.get(findText(header, "encode")?.toLowerCase() ?? "hex");
    collector.add(row, {
      serialNumber: () => parseSerialNumber(texts.serialNumber),
      seed: (serialNumber) =>
        seedFromTexts(serialNumber, texts, { ...rules, encoding: byFormat(requireForm(form)) }),
    });
  };
  await walkEntries(task, visit, "tokens");
  if (row === 0) {
    throw new SeedFileError("empty-file", "The file holds no token. Ask the sender for the complete file.");
  }
}

/** What the token says itself comes before what the header says for all. */
function textsOf(token: XmlElement, header: XmlElement | null): TokenTexts {
  const find = (name: string) => findText(token, name) ?? findText(header, name);
  return {
    serialNumber: findText(token, "serial") ?? "",
    secret: findText(token, "seed") ?? "",
    type: find("type") ?? find("otpType"),
    digits: find("digits"),
    periodSeconds: find("timeWindow"),
    algorithm: find("crypto"),
    counter: find("counter"),
    manufacturer: find("manufacturer"),
    model: find("model") ?? find("product"),
  };
}

function refuseEncryption(header: XmlElement): void {
  const name = findText(header, "encrypt") ?? "none";
  if (name.toLowerCase() === "none") return;
  throw new SeedFileError(
    "unsupported-encryption",
    "The seeds in the file are encrypted in Deepnet's own way, which is not published. Ask the sender for a file without encryption, or for PSKC.",
    { details: { algorithm: name.slice(0, 64) } },
  );
}

function requireForm(form: TextForm | undefined): TextForm {
  if (form) return form;
  throw new RowProblem(
    "unsupported-encoding",
    "The file's header names an encoding other than HEX, BASE32 and BASE64. Ask the sender for one of these.",
  );
}

function findText(element: XmlElement | null, name: string): string | undefined {
  return element?.children.find((child) => child.name === name)?.text.trim() || undefined;
}
