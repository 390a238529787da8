import { SeedFileError } from "../errors.ts";
import type { SlicedTask, TextFormatReader } from "../format.ts";
import { DEFAULTS, LIMITS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { byFormat } from "../secret-form.ts";
import { walkLines } from "../seed-lines.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenTexts } from "../token-texts.ts";

/** Its time tokens count from the first second of 2000, not from 1970. */
const T0_SECONDS = 946_684_800;

const FIRST_LINE = /^[\s#=]*SafeWord Authenticator Records\b/iu;

/**
 * SafeWord's records of tokens (.dat): attributes one a line, a blank line between tokens, and in `sccTokenData` the key in
 * hex with mode, digits and step. The signature of each record is the maker's; its key is not public, so it is not checked.
 */
export const safeword: TextFormatReader = {
  format: "safeword",
  syntax: "text",
  confidence: (head) => (FIRST_LINE.test(head.firstFilledLine) ? 1 : 0),
  read,
};

interface OpenRecord {
  readonly line: number;
  readonly attributes: Map<string, string>;
}

async function read(task: SlicedTask): Promise<{ secretEncoding: ReturnType<typeof byFormat> }> {
  const { collector, options } = task;
  const encoding = byFormat("hex");
  let open: OpenRecord | null = null;
  const close = () => {
    if (open && [...open.attributes.keys()].some((name) => name.startsWith("scc"))) {
      const { line, attributes } = open;
      collector.add(line, {
        serialNumber: () => parseSerialNumber(attributes.get("sccauthenticatorid") ?? ""),
        seed: (serialNumber) => {
          const texts = textsOf(attributes);
          return seedFromTexts(serialNumber, texts, {
            encoding,
            options,
            assumes: assumptions(DEFAULTS, options),
            t0Seconds: T0_SECONDS,
          });
        },
      });
    }
    open = null;
  };
  await walkLines(task, ({ number, text }) => {
    if (text === null || text.trimStart().startsWith("#")) return;
    if (text.trim() === "") {
      close();
      return;
    }
    open ??= { line: number, attributes: new Map() };
    readAttribute(text, ":", open.attributes);
  });
  close();
  if (collector.rows === 0) {
    throw new SeedFileError(
      "empty-file",
      "The file has no record of a token. Ask the sender for the complete file.",
    );
  }
  return { secretEncoding: encoding };
}

/** Names count in any case. The first of a name counts: a second one cannot change what was read. */
function readAttribute(text: string, separator: string, into: Map<string, string>): void {
  const at = text.indexOf(separator);
  if (at < 0 || into.size >= LIMITS.columns) return;
  const name = text.slice(0, at).trim().toLowerCase();
  if (!into.has(name)) into.set(name, text.slice(at + 1).trim());
}

function textsOf(attributes: ReadonlyMap<string, string>): TokenTexts {
  const data = new Map<string, string>();
  for (const part of (attributes.get("scctokendata") ?? "").split(";")) readAttribute(part, "=", data);
  return {
    serialNumber: attributes.get("sccauthenticatorid") ?? "",
    secret: data.get("scckey") ?? "",
    type: typeOf(data.get("sccmode")),
    digits: data.get("sccpwlen"),
    periodSeconds: data.get("scctick"),
    algorithm: data.get("crypto"),
    model: attributes.get("scctokentype"),
  };
}

function typeOf(mode: string | undefined): "hotp" | "totp" {
  if (mode === "E") return "hotp";
  if (mode === "T") return "totp";
  throw new RowProblem(
    "unsupported-algorithm",
    "The record's sccMode is neither E for events nor T for time. Such tokens cannot be used.",
  );
}
