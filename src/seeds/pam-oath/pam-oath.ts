import { SeedFileError } from "../errors.ts";
import type { SlicedTask, TextFormatReader } from "../format.ts";
import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { byFormat } from "../secret-form.ts";
import { walkLines } from "../seed-lines.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenTexts } from "../token-texts.ts";
import { parseWholeNumber } from "../whole-number.ts";

/** `HOTP`, `HOTP/E/6`, `HOTP/T30`, `HOTP/T60/8`: E for event, T for time with the seconds of a step. */
const TYPE = /^HOTP(?:\/(?:E|T(?<seconds>\d{1,6}))(?:\/(?<digits>\d))?)?$/u;

/**
 * The users file of pam_oath: type, user, PIN, key in hex, then for a token in use counter, last code and time, by white
 * space. It names no serial number: the user's name stands for it.
 * https://www.nongnu.org/oath-toolkit/pam_oath.html
 */
export const pamOath: TextFormatReader = {
  format: "pam-oath",
  syntax: "text",
  confidence: (head) => head.share("\t", ([first = ""]) => /^\s*HOTP(?:\/\S+)?(?:\s|$)/u.test(first)),
  read,
};

async function read(task: SlicedTask): Promise<{ secretEncoding: ReturnType<typeof byFormat> }> {
  const { collector, options } = task;
  const encoding = byFormat("hex");
  await walkLines(task, ({ number, text }) => {
    const words = text?.trim().split(/\s+/u) ?? [];
    if (text !== null && (words[0] === "" || words[0]?.startsWith("#"))) return;
    collector.add(number, {
      serialNumber: () => parseSerialNumber(words[1] ?? ""),
      seed: (serialNumber) =>
        seedFromTexts(serialNumber, textsOf(words), {
          encoding,
          options,
          assumes: assumptions(DEFAULTS, options),
        }),
    });
  });
  if (collector.rows === 0) {
    throw new SeedFileError("empty-file", "The file has no line with a token. Choose another file.");
  }
  return { secretEncoding: encoding };
}

function textsOf([
  type = "",
  serialNumber = "",
  ,
  secret = "",
  counter = "",
  lastCode,
]: readonly string[]): TokenTexts {
  const found = TYPE.exec(type)?.groups;
  if (!TYPE.test(type)) {
    throw new RowProblem(
      "unsupported-algorithm",
      "The line's type is none of pam_oath's, such as HOTP or HOTP/T30/6. Such tokens cannot be used.",
    );
  }
  const seconds = found?.["seconds"];
  return {
    serialNumber,
    secret,
    type: seconds === undefined ? "hotp" : "totp",
    periodSeconds: seconds,
    digits: found?.["digits"],
    counter: nextCounter(counter, lastCode),
  };
}

/** The counter stands at the last code accepted; before the first code, at the one that is expected (liboath, usersfile.c). */
function nextCounter(counter: string, lastCode: string | undefined): string {
  const value = lastCode === undefined ? null : parseWholeNumber(counter);
  return value === null ? counter : String(value + 1);
}
