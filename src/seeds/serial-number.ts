import { LIMITS } from "./limits.ts";
import { RowProblem } from "./row-problem.ts";

/** How a spreadsheet shows 123000000000; the digits it left out are gone. The sign keeps hex serials such as 12E5 apart. */
export const SPREADSHEET_NUMBER = /^\d(?:[.,]\d{1,15})?E[+-]\d{1,3}$/iu;

/** How programs write a whole number that they hold as a decimal one. */
const DECIMAL_NUMBER = /^\d{5,}[.,]0{1,2}$/u;

/**
 * Two serial numbers that look the same must be the same (Unicode Technical Report 36): no controls, direction marks,
 * zero-width characters, line separators, halves of characters; nor U+FFFD, put by an earlier program for what it could not
 * read.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFFD]/u;

/** What word processors and some spreadsheets make of quotation marks. */
const TYPOGRAPHIC_QUOTES = /[“”„‟‘’‚«»]/u;

/** A serial number as it stands in a file; it stays a string. Throws {@link RowProblem} `missing-serial` or `bad-serial`. */
export function parseSerialNumber(text: string): string {
  const serialNumber = text.trim();
  if (serialNumber === "") {
    throw new RowProblem("missing-serial", "There is no serial number. Add it; it is printed on the token.");
  }
  if (serialNumber.length > LIMITS.characters.serialNumber) {
    throw new RowProblem(
      "bad-serial",
      `The serial number has ${serialNumber.length} characters, more than ${LIMITS.characters.serialNumber}. Check that the columns are in order.`,
    );
  }
  if (UNSEEN.test(serialNumber)) {
    throw new RowProblem(
      "bad-serial",
      "The serial number holds a line break, an invisible or a damaged character. Write it again as it is printed on the token.",
    );
  }
  if (TYPOGRAPHIC_QUOTES.test(serialNumber)) {
    throw new RowProblem(
      "bad-serial",
      "A program has put typographic quotation marks around the serial number. Remove them, or take the original file.",
    );
  }
  if (SPREADSHEET_NUMBER.test(serialNumber)) {
    throw new RowProblem(
      "bad-serial",
      `A spreadsheet has turned the serial number into “${serialNumber}” and lost digits. Take it from the original file, and open that as text only.`,
    );
  }
  if (DECIMAL_NUMBER.test(serialNumber)) {
    throw new RowProblem(
      "bad-serial",
      `A program has turned the serial number into the number “${serialNumber}”, and may have lost zeros at its beginning. Write it as it is printed on the token.`,
    );
  }
  return serialNumber;
}
