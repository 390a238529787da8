import { SeedFileError } from "../errors.ts";
import type { ReadingTask, Recognition, SeedFormatReader } from "../format.ts";
import { RowProblem } from "../row-problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { parseChildren } from "../xml/parse-children.ts";
import { findRootName } from "../xml/root-name.ts";
import { modernise } from "./drafts.ts";
import { children, isPskc } from "./elements.ts";
import { readKey, readSerialNumber } from "./key.ts";
import { Protection } from "./protection.ts";

/** The root element; the second is that of the first drafts. */
const ROOTS: readonly string[] = ["KeyContainer", "SecretContainer"];

/** Reads PSKC (RFC 6030), plain or encrypted: TOTP and HOTP keys of any of the namespaces and shapes its drafts had. */
export const pskc: SeedFormatReader = { format: "pskc", syntax: "xml", recognise, read };

function recognise(text: string): Recognition {
  return ROOTS.includes(findRootName(text) ?? "") ? "yes" : "no";
}

async function read(task: ReadingTask): Promise<void> {
  if (recognise(task.text) === "no") {
    throw new SeedFileError(
      "unknown-format",
      "The file is not PSKC, whose first element is KeyContainer. Let the format be recognised, or choose another.",
    );
  }
  const protection = new Protection(task.options);
  try {
    await readPackages(task, protection);
    protection.finish();
  } finally {
    protection.close();
  }
}

async function readPackages(task: ReadingTask, protection: Protection): Promise<void> {
  const { text, collector, pace, options } = task;
  const total = countPackages(text);
  let row = 0;
  for (const batch of parseChildren(text)) {
    await pace.pause(collector.rows, total);
    for (const { root, child: asWritten } of batch) {
      const child = modernise(asWritten);
      protection.declare(child);
      if (child.name !== "KeyPackage" || !isPskc(child, root)) continue;
      await protection.unlock(child);
      const keys = children(child, "Key");
      for (const key of keys.length === 0 ? [null] : keys) {
        row += 1;
        collector.add(row, {
          serialNumber: () => readSerialNumber(child, requireKey(key)),
          seed: (serialNumber) => readKey(child, requireKey(key), serialNumber, { protection, options }),
        });
      }
    }
  }
  if (row > 0) return;
  throw new SeedFileError(
    "empty-file",
    "The file is PSKC but holds no KeyPackage. Ask the sender for the complete file.",
  );
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
  return text.match(/<\/(?:[^<>\s:]+:)?(?:KeyPackage|Device)\s*>/gu)?.length ?? 0;
}
