import { RowProblem } from "../row-problem.ts";

/** xs:dateTime (XML Schema 1.1 part 2, section 3.3.7), years of four digits. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/u;

/**
 * Unix milliseconds of an xs:dateTime; one without a zone is taken as UTC, so that it means the same everywhere.
 * Throws {@link RowProblem} `bad-date`.
 */
export function parseDateTime(text: string): number {
  const [, date, time, fraction = "", zone = "Z"] = DATE_TIME.exec(text.trim()) ?? [];
  const atMs = Date.parse(`${date}T${time}.${fraction.padEnd(3, "0").slice(0, 3)}${zone}`);
  if (Number.isNaN(atMs) || !isDay(date)) {
    throw new RowProblem(
      "bad-date",
      "A date of validity is not a date and time such as 2030-12-31T00:00:00Z. Ask the sender to correct it.",
    );
  }
  return atMs;
}

/** Date.parse alone takes 31 February for 3 March. */
function isDay(date: string | undefined): boolean {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === date;
}
