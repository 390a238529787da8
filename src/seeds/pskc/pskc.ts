import { SeedFileError } from "../errors.ts";
import type { ReadingTask, Recognition, SeedFormatReader } from "../format.ts";
import { RowProblem } from "../row-problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { parseChildren } from "../xml/parse-children.ts";
import { findRootName } from "../xml/root-name.ts";
import { children, isPskc } from "./elements.ts";
import { refuseEncryption } from "./encryption.ts";
import { readKey, readSerialNumber } from "./key.ts";

const ROOT = "KeyContainer";

/** Reads plain PSKC (RFC 6030): TOTP and HOTP keys of any of the namespaces its drafts had. */
export const pskc: SeedFormatReader = { format: "pskc", syntax: "xml", recognise, read };

function recognise(text: string): Recognition {
  return findRootName(text) === ROOT ? "yes" : "no";
}

async function read({ text, collector, pace, options }: ReadingTask): Promise<void> {
  if (recognise(text) === "no") {
    throw new SeedFileError(
      "unknown-format",
      "The file is not PSKC, whose first element is KeyContainer. Let the format be recognised, or choose another.",
    );
  }
  const total = countPackages(text);
  const protection: XmlElement[] = [];
  let row = 0;
  for (const batch of parseChildren(text)) {
    await pace.pause(collector.rows, total);
    for (const { root, child } of batch) {
      if (!isPskc(child, root)) continue;
      if (child.name === "EncryptionKey" || child.name === "MACMethod") protection.push(child);
      if (child.name !== "KeyPackage") continue;
      refuseEncryption(protection, child);
      const keys = children(child, "Key");
      for (const key of keys.length === 0 ? [null] : keys) {
        row += 1;
        collector.add(row, {
          serialNumber: () => readSerialNumber(child, requireKey(key)),
          seed: (serialNumber) => readKey(child, requireKey(key), serialNumber, options),
        });
      }
    }
  }
  // Out of the schema's order, yet no less encrypted.
  refuseEncryption(protection, null);
  if (row === 0) {
    throw new SeedFileError(
      "empty-file",
      "The file is PSKC but holds no KeyPackage of RFC 6030. Ask the sender for a file in the final form of PSKC 1.0.",
    );
  }
}

/** A KeyPackage may come without a key (RFC 6030 section 4.1); it then gives no seed. */
function requireKey(key: XmlElement | null): XmlElement {
  if (key) return key;
  throw new RowProblem(
    "missing-secret",
    "The KeyPackage holds no key. Ask the sender for the complete file.",
  );
}

function countPackages(text: string): number {
  return text.match(/KeyPackage\s*>/gu)?.length ?? 0;
}
