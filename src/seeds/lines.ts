import { SeedFileError } from "./errors.ts";
import { LIMITS } from "./limits.ts";

/** One line of a file. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null when it is longer than a line may be; nothing of it is kept then. */
  readonly text: string | null;
}

/** A place among lines to come back to. */
export type LineMark = readonly [number: number, position: number];

/**
 * Takes a text in slices of any size and gives its lines one by one, whatever their ends: any CR, LF or CRLF counts as one.
 * Holds no more than one slice and one line.
 */
export class LineReader {
  /** Number of the line given last. */
  number = 0;
  #text = "";
  #position = 0;
  #isLast = false;
  /** The beginning of the line at hand was dropped. */
  #tooLong = false;

  /** Adds the next slice; what was given already is let go. */
  push(slice: string, isLast: boolean): void {
    this.#text = this.#rest() + slice;
    this.#position = 0;
    this.#isLast = isLast;
  }

  /** The next line; null when the slices so far hold no more whole ones. Throws {@link SeedFileError} `too-large`. */
  next(): Line | null {
    const start = this.#position;
    END.lastIndex = start;
    const end = END.exec(this.#text);
    const isWhole = end !== null && (end[0] !== "\r" || end.index + 1 < this.#text.length || this.#isLast);
    if (!isWhole && (!this.#isLast || (start >= this.#text.length && !this.#tooLong))) return null;
    const stop = end?.index ?? this.#text.length;
    const isTooLong = this.#tooLong || stop - start > LIMITS.charactersPerRow;
    this.#tooLong = false;
    this.#position = stop + (end?.[0].length ?? 0);
    this.number += 1;
    if (this.number > LIMITS.lines) throw tooManyLines();
    return { number: this.number, text: isTooLong ? null : this.#text.slice(start, stop) };
  }

  /** True when no slice will follow. */
  get isLast(): boolean {
    return this.#isLast;
  }

  /** Characters that belong to no line given so far. */
  get pending(): number {
    return this.#text.length - this.#position;
  }

  mark(): LineMark {
    return [this.number, this.#position];
  }

  /** Goes back to a place marked since the last slice was added. */
  reset([number, position]: LineMark): void {
    this.number = number;
    this.#position = position;
  }

  /** What is left of the slices so far. A line that never ends must not fill the memory. */
  #rest(): string {
    const rest = this.#text.slice(this.#position);
    // A CR at the end may be the first half of a line end.
    const end = rest.endsWith("\r") ? "\r" : "";
    const content = rest.slice(0, rest.length - end.length);
    if (content.length <= LIMITS.charactersPerRow || /[\r\n]/u.test(content)) return rest;
    this.#tooLong = true;
    return end;
  }
}

const END = /\r\n|\r|\n/gu;

function tooManyLines(): SeedFileError {
  return new SeedFileError(
    "too-large",
    `The file has more than ${LIMITS.lines} lines, blank ones included. Remove blank lines, or split it into smaller files.`,
  );
}
