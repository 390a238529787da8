import { RowProblem } from "../row-problem.ts";

/** Below this, numbers without zeros in front are usual. */
const LEAST_DIGITS = 8;

/** So many of the numbers must be of one length. */
const LEAST_SHARE = 0.8;
const LEAST_NUMBERS = 5;

/**
 * Knows the length of a file's serial numbers where nearly all are plain numbers of one length, none with a zero in front:
 * a shorter one has then probably lost its zeros in a spreadsheet, which takes it for a number.
 */
export class ShortSerials {
  readonly #countOfLength = new Map<number, number>();
  #numbers = 0;
  #hasZeros = false;
  /** Numbers that begin as the first ones after a power of ten do, as 1000001 after 999999. */
  #early = 0;
  #usual: number | null | undefined;

  /** Learns from a row of the file. */
  add(text: string): void {
    const serialNumber = text.trim();
    if (!/^\d+$/u.test(serialNumber)) return;
    this.#numbers += 1;
    this.#hasZeros ||= serialNumber.startsWith("0");
    if (serialNumber.startsWith("10")) this.#early += 1;
    this.#countOfLength.set(serialNumber.length, (this.#countOfLength.get(serialNumber.length) ?? 0) + 1);
  }

  /** Throws {@link RowProblem} `shortened-serial` for a number shorter than nearly all others of the file. */
  check(serialNumber: string): void {
    if (this.#usual === undefined) this.#usual = this.#usualLength();
    const usual = this.#usual;
    if (usual === null || serialNumber.length >= usual || !/^[1-9]\d*$/u.test(serialNumber)) return;
    // A batch may have passed from 99999999 to 100000000.
    const isBefore = serialNumber.length === usual - 1 && serialNumber.startsWith("9") && this.#early > 0;
    if (isBefore) return;
    throw new RowProblem(
      "shortened-serial",
      `The serial number has ${serialNumber.length} digits, nearly all others have ${usual}: a spreadsheet may have removed zeros at its beginning. Write it as it is printed on the token.`,
    );
  }

  #usualLength(): number | null {
    if (this.#hasZeros || this.#numbers < LEAST_NUMBERS) return null;
    for (const [length, count] of this.#countOfLength) {
      if (length >= LEAST_DIGITS && count >= this.#numbers * LEAST_SHARE) return length;
    }
    return null;
  }
}
