import type { Messages } from "./messages.ts";

const UNITS = [
  { key: "days", seconds: 86_400 },
  { key: "hours", seconds: 3600 },
  { key: "minutes", seconds: 60 },
  { key: "seconds", seconds: 1 },
] as const;

/** A duration in at most two units, as words: "17 s", "3 min 30 s", "2 h". Less than a second counts as one. */
export function formatDuration(seconds: number, text: Messages): string {
  const number = new Intl.NumberFormat(text.locale);
  let rest = Math.max(1, Math.round(seconds));
  const words: string[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) words.push(text[unit.key](number.format(count)));
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.join(" ");
}

/** A drift in words: "3 min behind", "30 s ahead", "in step". */
export function formatDrift(driftSteps: number, periodSeconds: number, text: Messages): string {
  if (driftSteps === 0) return text.inStep;
  const duration = formatDuration(Math.abs(driftSteps) * periodSeconds, text);
  return driftSteps < 0 ? text.behind(duration) : text.ahead(duration);
}

/** The day of a Unix time in milliseconds, in the reader's own time zone. */
export function formatDay(atMs: number, text: Messages): string {
  return new Intl.DateTimeFormat(text.locale, { dateStyle: "medium" }).format(atMs);
}

/** Day and time of a Unix time in milliseconds, in the reader's own time zone. */
export function formatMoment(atMs: number, text: Messages): string {
  return new Intl.DateTimeFormat(text.locale, { dateStyle: "medium", timeStyle: "short" }).format(atMs);
}

/** The time of day as a computer's clock shows it, for comparing the two: "14:05". */
export function formatClock(atMs: number, text: Messages): string {
  const format = new Intl.DateTimeFormat(text.locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.format(atMs);
}
