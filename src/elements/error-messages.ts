import type { MfaErrorCode, MfaErrorDetails, MfaErrorReason, MfaInputErrorCode } from "../mfa/errors.ts";

/** What an error's text may need to say. */
export interface ErrorFacts {
  /** Digits of a code. */
  readonly digits: number;
  /** Seconds to the token's next code as words ("12 s"), or null where a press of its button gives it. */
  readonly nextCodeIn: string | null;
  /** How long to wait for the next attempt, as words. */
  readonly retryIn: string;
  readonly taken: MfaErrorDetails["taken"];
  /** Day and time from which the token's codes are accepted again, as words. */
  readonly usableAt?: string;
}

type Text<Facts> = (facts: Facts) => string;

const nextCode = ({ nextCodeIn }: ErrorFacts) =>
  nextCodeIn === null
    ? "Press the token's button for the next one."
    : `The next one appears in about ${nextCodeIn}.`;

/** What each `MfaError` code says: what happened and what to do next. */
export const englishErrors: Record<MfaErrorCode, Text<ErrorFacts>> = {
  "invalid-code": ({ digits }) => `Enter the ${digits} digits shown on the token.`,
  "code-not-recognised": () => "That code did not match. Check the display and try the current code.",
  "code-already-used": (facts) => `This code was already used. ${nextCode(facts)}`,
  "same-code-twice": (facts) => `That is still the first code. ${nextCode(facts)}`,
  "codes-not-consecutive": () =>
    "These codes do not follow each other. Enter the code shown now, then the very next one.",
  "out-of-sync": () =>
    "That code belongs to another time, so your token's clock has drifted. Resync it with two codes, then sign in.",
  "unknown-serial": () =>
    "We do not know this number. Compare it with the back of the token, or ask your administrator to import the token.",
  "device-exists": ({ taken }) =>
    taken === "device-name"
      ? "You already have a device with this name. Choose another name."
      : "This token is already in use. Choose another token, or remove this one where it is assigned.",
  "limit-exceeded": () => "You have as many MFA devices as allowed. Remove one before you add another.",
  "too-many-attempts": ({ retryIn }) => `Too many tries. You can try again in ${retryIn}.`,
  locked: () =>
    "This token is locked after too many tries. Open it again with three codes in a row, or ask your administrator.",
  "vault-locked": () => "The token vault is locked. Unlock it, then try again.",
  "wrong-passphrase": () => "That passphrase did not open the vault. Check it and try again.",
  "wasm-blocked": () =>
    "The token vault cannot be opened on this page, for it may not run WebAssembly. Ask your administrator.",
  "not-loaded": () => "A part of this page could not be loaded. Check the connection, then try again.",
  "passkey-unsupported": () =>
    "A passkey cannot unlock the vault here. Use the passphrase, or another browser or authenticator.",
  "passkey-dismissed": () => "No passkey was used. Try again, or use the passphrase.",
  "passkey-exists": () => "This authenticator already has a passkey for the vault.",
  "passkey-unknown": () => "That passkey does not open the vault. Use the passphrase.",
  "passkey-limit": () => "The vault has as many passkeys as it can hold. Remove one before you add another.",
  "store-corrupt": () =>
    "The stored tokens cannot be read. Ask your administrator to restore a backup or import them again.",
  "store-full": () =>
    "This browser has no storage left, so nothing was saved. Delete files from the disk or other sites' data in the browser's settings, then try again.",
  outdated: () => "A newer version of this page is open in another tab. Reload this tab to go on.",
  "worker-lost": () => "The check stopped before it was finished. Try again with a new code.",
  busy: () =>
    "Another change is being made right now. Try again in a moment; if that does not help, reload this page.",
};

/** What each reason of refused codes says; it takes the place of the code's own text. */
export const englishReasons: Record<MfaErrorReason, Text<ErrorFacts>> = {
  swapped: () => "The second code was shown before the first. Enter the code shown now, then the next one.",
  skipped: () => "A code was left out between these two. Enter the code shown now, then the very next one.",
  "too-old": () => "Those codes are too old. Enter the code shown now, then the next one.",
  "too-new": () =>
    "Those codes are ahead of the time here. Check that the time on this computer is right, then enter two new codes.",
  "mark-in-future": ({ usableAt = "later" }) =>
    `A later code of this token was used once, when a clock was ahead, so its codes are accepted again from ${usableAt} on. Check the time on this computer, or ask your administrator for another token: a resync does not help.`,
};

/** What each `MfaInputError` code says. */
export const englishInputErrors: Record<MfaInputErrorCode, Text<ErrorFacts>> = {
  "invalid-user-name": () => "This user name has signs we cannot use. Ask your administrator to check it.",
  "invalid-device-name": () => "Use 1 to 64 letters and digits without accents, or _ + = , . @ -",
  "invalid-request": () => "Something was missing in what was sent. Check the fields and try again.",
  "vault-exists": () => "The vault already has a passphrase. Change it instead.",
  "unknown-import": () => "This import can no longer be undone: it was already, or another one was made.",
  "no-passphrase": () => "The vault has no passphrase yet. Set one first.",
  "weak-passphrase": () => "That passphrase is too short. Use at least 8 characters.",
};
