import { OathError } from "../core/errors.ts";
import { errorText } from "../elements/error-text.ts";
import { englishMessages } from "../elements/messages.ts";
import { BackupError } from "../mfa/index.ts";

/** What a failed call on the vault says to the person, and what to do next. */
export function vaultErrorText(error: unknown): string {
  // Nothing secret is in it, and nobody could say it better than the reader of the file.
  if (error instanceof BackupError) return error.message;
  return errorText(error, englishMessages, { digits: 6, periodSeconds: 30, nowMs: Date.now() });
}

/** True for what the person did on purpose: nothing to be told about. */
export function isDismissal(error: unknown): boolean {
  return error instanceof OathError && error.code === "passkey-dismissed";
}

/** A day and a time as the person writes them. */
export function momentText(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(atMs);
}

/** How good a passphrase is, in a word; null while there is nothing to judge. Length is what counts: nobody can look it up. */
export function strengthText(passphrase: string): string | null {
  const { length } = passphrase;
  if (length === 0) return null;
  if (length < 8) return `Too short: ${8 - length} more.`;
  const isMonotonous = new Set(passphrase).size < 5;
  if (isMonotonous || length < 12)
    return "Weak. Four or five words are easy to keep in mind and hard to guess.";
  return length < 15 ? "Fair. Another word makes it strong." : "Strong.";
}
