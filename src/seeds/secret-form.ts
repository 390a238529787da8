import type { TextForm } from "../core/text-forms.ts";
import { SeedFileError } from "./errors.ts";
import type { DecidedEncoding } from "./report.ts";

/** The forms a text may have; `none`: it is damaged, or no secret at all. */
export type SecretShape = TextForm | "hex-or-base32" | "base32-or-base64" | "none";

/** Eight bytes in hex; anything shorter says too little to be evidence. */
const LEAST_CHARACTERS = 16;

/**
 * The forms in which a text can be read as a secret. Base32 is written in one case, base64 of random bytes practically never:
 * a text in both cases is base32 only where nobody else can be meant.
 */
export function shapeOf(text: string): SecretShape {
  const letters = text.replace(/[\s:-]/gu, "");
  if (letters.length < LEAST_CHARACTERS) return "none";
  const isHex = /^(?:0x)?(?:[0-9a-f]{2})+$/iu.test(letters);
  const isBase32 = /^[a-z2-7]+={0,6}$/iu.test(letters) && isBase32Length(letters.replace(/=+$/u, ""));
  if (isHex && isBase32) return "hex-or-base32";
  if (isHex) return "hex";
  const bothCases = /[a-z]/u.test(letters) && /[A-Z]/u.test(letters);
  if (isBase32) return bothCases && letters.length % 4 === 0 ? "base32-or-base64" : "base32";
  const isBase64 = /^[a-z0-9+/]+={0,2}$/iu.test(letters) && letters.length % 4 !== 1;
  return isBase64 && (bothCases || /[+/=]/u.test(letters)) ? "base64" : "none";
}

/** RFC 4648 section 6: one, three and six letters over a multiple of eight end no byte. */
function isBase32Length(letters: string): boolean {
  return ![1, 3, 6].includes(letters.length % 8);
}

/** In so many secrets of which a form is sure, the answer cannot change any more. */
const ENOUGH = 1000;

/** One form must outnumber the others by so much. The rows in another form are then skipped: they fit no other. */
const MAJORITY = 2;

/** What HMAC keys of tokens measure: RFC 4226 section 4 (16, 20) and RFC 6238 (20, 32, 64 bytes). */
const USUAL_BYTES: readonly number[] = [16, 20, 32, 64];

/** Looks at the secrets of a file, one by one, until their form is sure. Keeps numbers only. */
export class SecretFormEvidence {
  readonly #counts: Record<SecretShape, number> = {
    hex: 0,
    base32: 0,
    base64: 0,
    "hex-or-base32": 0,
    "base32-or-base64": 0,
    none: 0,
  };
  /** Of those that may be hex or base32: how many are of a usual length as the one and not as the other. */
  #usualHex = 0;
  #usualBase32 = 0;

  add(text: string): void {
    const shape = shapeOf(text);
    this.#counts[shape] += 1;
    if (shape !== "hex-or-base32") return;
    const letters = text.replace(/[\s:=-]|^\s*0x/giu, "").length;
    const asHex = USUAL_BYTES.includes(letters / 2);
    const asBase32 = USUAL_BYTES.includes(Math.floor((letters * 5) / 8));
    if (asHex && !asBase32) this.#usualHex += 1;
    if (asBase32 && !asHex) this.#usualBase32 += 1;
  }

  /** True when no further secret is needed to decide. */
  get isSure(): boolean {
    const { hex, base32, base64 } = this.#counts;
    return hex + base32 + base64 >= ENOUGH;
  }

  /**
   * The form of the file; `usual` is that of its format, if the format has one.
   * Throws {@link SeedFileError} `ambiguous-encoding`.
   */
  decide(usual: TextForm | null): DecidedEncoding {
    const { hex, base32, base64 } = this.#counts;
    const [first, second] = (
      [
        ["hex", hex],
        ["base32", base32],
        ["base64", base64],
      ] as const
    ).toSorted((one, other) => other[1] - one[1]);
    if (first && second && first[1] > 0) {
      if (first[1] >= second[1] * MAJORITY) return byContent(first[0], first[1]);
      if (usual && this.#counts[usual] >= first[1]) return byContent(usual, this.#counts[usual]);
      throw ambiguous(`Some secret keys are in ${first[0]} and others in ${second[0]}.`);
    }
    if (usual) return byFormat(usual);
    return this.#byLength();
  }

  #byLength(): DecidedEncoding {
    const both = this.#counts["hex-or-base32"];
    if (both === 0) {
      if (this.#counts["base32-or-base64"] === 0)
        throw ambiguous("No secret key is long enough to tell its form.");
      throw ambiguous("All secret keys could be base32 as well as base64.");
    }
    if (this.#usualHex === both) return byLength("hex");
    if (this.#usualBase32 === both) return byLength("base32");
    throw ambiguous("All secret keys could be hex as well as base32.");
  }
}

const MARKS = {
  hex: "0, 1, 8 or 9, which base32 does not have, and no letter after F",
  base32: "letters after F, which hex does not have, and none of 0, 1, 8 and 9",
  base64: "capitals and small letters with digits or signs that base32 does not have",
} as const;

function byContent(form: TextForm, count: number): DecidedEncoding {
  const message = `The secret keys were read as ${form}: ${count} of those looked at have ${MARKS[form]}.`;
  return { form, reason: "content", message };
}

/** What the format says. */
export function byFormat(form: TextForm): DecidedEncoding {
  const message = `The secret keys were read as ${form}, as the format says; nothing in them speaks against it.`;
  return { form, reason: "format", message };
}

function byLength(form: TextForm): DecidedEncoding {
  const message = `The secret keys were read as ${form}: in another form none would have a usual length.`;
  return { form, reason: "length", message };
}

/** True when a secret is surely in another form than its file's: base64 would read it all the same, and wrongly. */
export function contradicts(text: string, { form, reason }: DecidedEncoding): boolean {
  return form === "base64" && reason === "content" && /^(?:hex|base32|hex-or-base32)$/u.test(shapeOf(text));
}

/** What the caller said. */
export function byCaller(form: TextForm): DecidedEncoding {
  return { form, reason: "told", message: `The secret keys were read as ${form}, as was asked for.` };
}

/** What the header says. */
export function byColumnName(form: TextForm): DecidedEncoding {
  const message = `The secret keys were read as ${form}, as the name of their column says.`;
  return { form, reason: "column-name", message };
}

function ambiguous(problem: string): SeedFileError {
  return new SeedFileError(
    "ambiguous-encoding",
    `${problem} Choose the encoding that the sender names, and read the file again.`,
    { details: { needs: "secretEncoding" } },
  );
}
