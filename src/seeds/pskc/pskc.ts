import { SeedFileError } from "../errors.ts";
import type { SeedFormatReader, SlicedTask } from "../format.ts";
import { RecurringLabels } from "../label.ts";
import { RowProblem } from "../row-problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { walkEntries } from "../xml/walk-entries.ts";
import { modernise } from "./drafts.ts";
import { children, isPskc } from "./elements.ts";
import { readKey, readSerialNumber } from "./key.ts";
import { Protection } from "./protection.ts";

/** Reads PSKC (RFC 6030), plain or encrypted: TOTP and HOTP keys of any of the namespaces and shapes its drafts had. */
export const pskc: SeedFormatReader = {
  format: "pskc",
  syntax: "xml",
  // The second is that of the first drafts.
  roots: ["KeyContainer", "SecretContainer"],
  read,
};

async function read(task: SlicedTask): Promise<void> {
  const protection = new Protection(task.options);
  try {
    await readPackages(task, protection);
    protection.finish();
  } finally {
    protection.close();
  }
}

async function readPackages(task: SlicedTask, protection: Protection): Promise<void> {
  const { collector, options } = task;
  const context = { protection, options, parseLabel: new RecurringLabels().parse };
  let row = 0;
  const readPackage = (keyPackage: XmlElement) => {
    const keys = children(keyPackage, "Key");
    for (const key of keys.length === 0 ? [null] : keys) {
      row += 1;
      collector.add(row, {
        serialNumber: () => readSerialNumber(keyPackage, requireKey(key)),
        seed: (serialNumber) => readKey(keyPackage, requireKey(key), serialNumber, context),
      });
    }
  };
  await walkEntries(task, async ({ root, child: asWritten }) => {
    const child = modernise(asWritten);
    protection.declare(child);
    if (child.name !== "KeyPackage" || !isPskc(child, root)) return;
    await protection.unlock(child);
    readPackage(child);
  });
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
