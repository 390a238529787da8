import type { DuplicateSeed, ImportReport, PreviewedToken } from "../mfa/local-contract.ts";
import type { ColumnRole, DecidedEncoding, SeedFormat } from "../seeds/report.ts";
import { englishDetailMessages } from "./detail-messages.ts";
import { englishDriftMessages } from "./drift-messages.ts";
import { englishIdentifyMessages } from "./identify-messages.ts";
import type { ColumnsProblem } from "./import-columns.ts";
import type { KeyTextProblem } from "./import-key-text.ts";
import { englishUndoMessages } from "./undo-messages.ts";
import type { MessageOverrides } from "./messages.ts";

/** Why a row of a seed file was left out. */
type SeedProblem = ImportReport["skipped"][number]["code"];

/** "1 token" and "98 tokens": `number` is the count as the reader's language writes it. */
const tokens = (count: number, number: string) => (count === 1 ? "1 token" : `${number} tokens`);

/** The texts of `<oath-inventory>`, in English. Texts with values are functions. */
export const englishInventoryMessages = {
  ...englishIdentifyMessages,
  ...englishDetailMessages,
  ...englishDriftMessages,
  ...englishUndoMessages,

  // Choosing a file
  importTitle: "Import a seed file",
  importHint: "The file that came with your tokens: PSKC, CSV, or another file a maker of tokens sends.",
  chooseFile: "Choose seed file",
  seedFile: "Seed file",
  dropHere: "or drop or paste it here",
  oneFileOnly: "Those were several files. Import them one after the other.",
  cancelled: "Stopped. Nothing was imported.",
  nothingChanged: "Nothing was changed.",
  failedTitle: "The file was not imported",

  // Reading and writing
  reading: (fileName: string) => `Reading ${fileName}`,
  rowsRead: (done: string, total: string | null) =>
    total === null ? `${done} rows read` : `${done} of ${total} rows read`,
  importing: (fileName: string) => `Importing ${fileName}`,
  tokensWritten: (done: string, total: string | null) =>
    total === null ? `${done} done` : `${done} of ${total} done`,
  stopping: "Stopping…",
  percent: (percent: string) => `${percent} done`,

  // Questions about the file
  next: "Continue",
  passwordTitle: "This file has a password",
  password: "Password of the file",
  passwordHint: "The sender gives it to you apart from the file.",
  showPassword: "Show password",
  keyTitle: "This file is locked with a key",
  key: "Key of the file",
  keyHint: (keyBytes: number | null) =>
    keyBytes === null
      ? "The sender gives it to you apart from the file: 32, 48 or 64 digits and letters A to F, or as Base64."
      : `It has ${keyBytes * 2} digits and letters A to F, or is written as Base64.`,
  showKey: "Show key",
  keyProblems: {
    "password-missing": () => "Enter the password.",
    "key-missing": () => "Enter the key.",
    unreadable: () => "That is no key. Enter it as digits and letters A to F, or as Base64.",
    "wrong-length": (bytes, keyBytes) =>
      keyBytes === null
        ? `That key has ${bytes} bytes; such files take one of 16, 24 or 32. Check that it is complete.`
        : `That key has ${bytes} bytes; this file takes one of ${keyBytes}. Check that it is complete.`,
  } satisfies Record<KeyTextProblem, (bytes: number, keyBytes: number | null) => string> as Record<
    KeyTextProblem,
    (bytes: number, keyBytes: number | null) => string
  >,
  encodingTitle: "How are the keys in this file written?",
  encodingHint: "They can be read in more than one way, and the wrong one makes every code wrong.",
  encoding: "Way of writing",
  encodings: {
    hex: "Digits 0–9 and letters A–F (hexadecimal)",
    base32: "Letters A–Z and digits 2–7 (Base32)",
    base64: "Capital and small letters, digits, + and / (Base64)",
  } satisfies Record<DecidedEncoding["form"], string>,
  encodingMissing: "Choose one. The sender, or the papers that came with the file, name it.",
  columnsTitle: "What is in the columns of this file?",
  columnsHint: "Its layout is new to us. Say at least where serial number and secret key are.",
  columnNumber: (number: string) => `Column ${number}`,
  columnRoles: {
    serialNumber: "Serial number",
    secret: "Secret key",
    type: "Kind (TOTP or HOTP)",
    periodSeconds: "Seconds a code is shown",
    digits: "Digits of a code",
    algorithm: "Hash (SHA-1, SHA-256 …)",
    counter: "Counter",
    driftSteps: "Drift of the clock",
    manufacturer: "Manufacturer",
    model: "Model",
  } satisfies Record<ColumnRole, string>,
  columnUnused: "Leave out",
  columnProblems: {
    "serial-missing": "Say which column holds the serial number.",
    "secret-missing": "Say which column holds the secret key.",
    twice: "Two columns hold the same. Leave one of them out.",
  } satisfies Record<ColumnsProblem, string>,

  // The preview
  previewTitle: (fileName: string) => `Check before importing: ${fileName}`,
  nothingYet: "Nothing is imported yet.",
  fileFormat: "File",
  newTokens: "New",
  knownTokens: "Already here",
  assignedTokens: "Already here and assigned",
  refusedRows: "Refused",
  formats: {
    pskc: "PSKC",
    "safenet-xml": "SafeNet XML",
    "deepnet-xml": "Deepnet XML",
    safeword: "SafeWord",
    otpauth: "otpauth links",
    "pam-oath": "pam_oath users file",
    "csv-entra": "CSV for Microsoft Entra",
    "csv-named": "CSV with named columns",
    "csv-privacyidea": "CSV for privacyIDEA",
    "csv-yubico": "CSV of YubiKeys",
    "csv-yubico-log": "Log of YubiKeys (CSV)",
    "csv-multiotp": "CSV for multiOTP",
    "csv-oath": "OATH CSV",
    "csv-nexus": "CSV for Nexus",
    "csv-serial-key": "CSV of serial numbers and keys",
    "csv-columns": "CSV, columns as you chose",
  } satisfies Record<SeedFormat, string>,
  firstTokens: (count: number, number: string, all: string) =>
    count === 1 ? "The token in this file" : `The first ${number} of ${all} tokens`,
  allTokens: (count: number, number: string) =>
    count === 1 ? "The token in this file" : `The ${number} tokens in this file`,
  secret: "Secret key",
  secretLength: (bytes: number) => (bytes === 1 ? "1 byte" : `${bytes} bytes`),
  secretHidden: "hidden",
  here: { free: "already here", assigned: "already here, assigned" } satisfies Record<
    NonNullable<PreviewedToken["known"]>,
    string
  >,
  fresh: "new",
  changeColumns: "Choose columns again",
  changeEncoding: "Choose way of writing again",
  shortSerials:
    "Some serial numbers look shortened, as if a spreadsheet had removed zeros. They are refused.",
  acceptShort: "Take them as they stand",
  shortAccepted: "Serial numbers that look shortened are taken as they stand.",
  refuseShort: "Refuse them again",
  duplicateQuestion: (count: number, number: string) =>
    count === 1
      ? "1 token is here already. What shall happen to it?"
      : `${number} tokens are here already. What shall happen to them?`,
  keep: "Keep what is here",
  replace: "Replace it by what is in the file",
  assignedStay: (count: number, number: string) =>
    count === 1
      ? "1 token is assigned to somebody. It is never replaced."
      : `${number} tokens are assigned to somebody. They are never replaced.`,
  import: (count: number, number: string) => `Import ${tokens(count, number)}`,
  nothingToImport: "There is nothing in this file to import.",

  // The result
  imported: (count: number, number: string) => `${tokens(count, number)} imported`,
  refused: (_count: number, number: string) => `${number} refused`,
  skipped: (count: number, number: string) =>
    count === 1 ? "1 row was refused" : `${number} rows were refused`,
  duplicates: (count: number, number: string) =>
    count === 1 ? "1 token was here already" : `${number} tokens were here already`,
  duplicateOutcome: {
    kept: "kept as it was",
    replaced: "replaced",
    assigned: "kept, for it is assigned",
  } satisfies Record<DuplicateSeed["outcome"], string>,
  more: (count: number, number: string) =>
    count === 1 ? "One more is not listed here." : `${number} more are not listed here.`,
  downloadReport: "Download the report",
  row: "Row",
  serial: "Serial",
  reason: "Reason",
  deleteFile: "The file holds the keys of your tokens. Delete it, or store it where no computer reaches it.",

  // Export
  selectAll: (count: number, number: string) => (count === 1 ? "Select it" : `Select all ${number}`),
  selectColumn: "Select",
  select: (serialNumber: string) => `Select ${serialNumber}`,
  selected: (count: number, number: string) => `${tokens(count, number)} selected`,
  clearSelection: "Clear selection",
  export: "Export…",
  selectFirst: "Select tokens in the list first.",
  exportTitle: (count: number, number: string) => `Export ${tokens(count, number)}`,
  exportNote:
    "The file (PSKC) holds the keys of these tokens, locked with the password. Whoever has both can make their codes.",
  newPassword: "Password for the file",
  newPasswordHint: "At least 8 characters. Nobody can open the file without it.",
  repeatPassword: "Repeat the password",
  passwordMissing: "Choose a password.",
  passwordShort: "That password is too short. Use at least 8 characters.",
  passwordsDiffer: "The two passwords differ. Enter the same one twice.",
  exportNow: "Export",
  exporting: "Exporting…",
  exported: (count: number, number: string) => `${tokens(count, number)} exported.`,
  exportStopped: "Export stopped. No file was made.",

  // The list
  listTitle: "Tokens",
  search: "Search tokens",
  show: "Show",
  filter: { all: "All", assigned: "Assigned", free: "Free" },
  kind: "Kind",
  model: "Model",
  state: "State",
  totp: (digits: number, seconds: number) => `TOTP, ${digits} digits, ${seconds} s`,
  hotp: (digits: number) => `HOTP, ${digits} digits`,
  assigned: "Assigned",
  free: "Free",
  found: tokens,
  foundSoFar: (count: number, number: string) => `${tokens(count, number)} so far`,
  looking: (percent: string) => `Looking through the inventory: ${percent}`,
  stopLooking: "Stop looking",
  gridKeys: "Arrow keys move, Space selects, Enter opens a token.",
  rowLoading: "Loading…",
  open: (serialNumber: string) => `Details of ${serialNumber}`,
  empty: "No tokens yet. Import the seed file that came with them.",
  noMatch: "No token matches. Change the search or show all.",

  /** Texts in place of the import's own English sentences, by code. */
  problems: {} as Partial<Record<SeedProblem, string>>,
  fileErrors: {} as Partial<Record<string, string>>,
};

/** The texts of `<oath-inventory>`. A translation has the same keys. */
export type InventoryMessages = typeof englishInventoryMessages;

/** The shared texts, and those of the inventory in a table of their own. */
export type InventoryOverrides = MessageOverrides & { readonly inventory?: Partial<InventoryMessages> };
