/** "1 token" and "98 tokens": `number` is the count as the reader's language writes it. */
const tokens = (count: number, number: string) => (count === 1 ? "1 token" : `${number} tokens`);

/** The texts for taking an import back, in English; they stand with those of the inventory. */
export const englishUndoMessages = {
  undo: "Undo import",
  lastImport: (count: number, number: string, when: string) =>
    `Last import: ${tokens(count, number)}, ${when}`,
  undoTitle: "Undo this import?",
  undoText: (count: number, number: string) =>
    count === 1
      ? "The 1 token it brought is taken out again."
      : `The ${number} tokens it brought are taken out again.`,
  undoReplaced: (count: number, number: string) =>
    count === 1
      ? "1 token that it replaced gets its earlier key back."
      : `${number} tokens that it replaced get their earlier keys back.`,
  undoReplacedAny: "Tokens that it replaced get their earlier keys back.",
  undoKept: "A token that was assigned to somebody since then stays.",
  undoing: "Undoing…",
  undone: "Import undone",
  removed: (count: number, number: string) => `${tokens(count, number)} removed`,
  restored: (count: number, number: string) => `${tokens(count, number)} restored`,
  keptAssigned: (count: number, number: string) =>
    count === 1 ? "1 token kept, for it is assigned" : `${number} tokens kept, for they are assigned`,
};
