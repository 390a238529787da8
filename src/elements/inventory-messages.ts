import type { DuplicateSeed, ImportReport } from "../mfa/local-contract.ts";
import type { MessageOverrides } from "./messages.ts";

/** Why a row of a seed file was left out. */
type SeedProblem = ImportReport["skipped"][number]["code"];

/** The texts of `<oath-inventory>`, in English. Texts with values are functions. */
export const englishInventoryMessages = {
  importTitle: "Import a seed file",
  importHint: "The file that came with your tokens: PSKC, or the CSV that Microsoft Entra takes.",
  chooseFile: "Choose seed file",
  seedFile: "Seed file",
  dropHere: "or drop it here",
  oneFileOnly: "That were several files. Import them one after the other.",
  reading: (fileName: string) => `Reading ${fileName}`,
  rowsRead: (done: string, total: string | null) =>
    total === null ? `${done} rows read` : `${done} of ${total} rows read`,
  cancelled: "Import stopped. Nothing was changed.",
  nothingChanged: "Nothing was changed.",
  imported: (count: number, number: string) =>
    count === 1 ? "1 token imported" : `${number} tokens imported`,
  skipped: (count: number, number: string) =>
    count === 1 ? "1 row was left out" : `${number} rows were left out`,
  duplicates: (count: number, number: string) =>
    count === 1 ? "1 token was here already" : `${number} tokens were here already`,
  duplicateOutcome: {
    kept: "kept as it was",
    replaced: "replaced",
    assigned: "kept, for it is assigned",
  } satisfies Record<DuplicateSeed["outcome"], string>,
  more: (count: number, number: string) =>
    count === 1 ? "One more is in the whole report." : `${number} more are in the whole report.`,
  downloadReport: "Download the whole report",
  row: "Row",
  serial: "Serial",
  reason: "Reason",
  deleteFile: "The file holds the keys of your tokens. Delete it or store it offline.",

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
  shown: (count: number, number: string, more: boolean) =>
    more ? `The first ${number} tokens` : count === 1 ? "1 token" : `${number} tokens`,
  showMore: "Show more",
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
