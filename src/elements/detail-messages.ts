const tokens = (count: number, number: string) => (count === 1 ? "1 token" : `${number} tokens`);

/** The texts of a token's details, of labels and of tokens out of use, in English; they stand with those of the inventory. */
export const englishDetailMessages = {
  detailsOf: "Token",
  detailsClose: "Close details",
  detailsMissing: "This token is not in the inventory any more.",
  hash: "Hash",
  label: "Label",
  labelHint: "A name or place of your own, of up to 64 characters. The search finds it.",
  saveLabel: "Save label",
  labelSaved: "Label saved.",
  labelRemoved: "Label removed.",
  labelLong: "That label is too long. Use up to 64 characters.",

  retire: "Retire…",
  retireTitle: (count: number, number: string) => `Retire ${tokens(count, number)}?`,
  retireText:
    "A retired token cannot be assigned or found. Use it for tokens that are broken or lost. You can put it back later.",
  retireKept: "A token that is assigned to somebody stays. Remove the device first.",
  retireNow: "Retire",
  retiring: "Retiring…",
  retireStopped: "Stopped. Some tokens may be retired already.",
  retired: (count: number, number: string) => `${tokens(count, number)} retired.`,
  retiredKept: (count: number, number: string) =>
    count === 1 ? "1 is assigned and stays." : `${number} are assigned and stay.`,
  undoRetire: "Undo",
  retiredTitle: (_count: number, number: string) => `Retired tokens (${number})`,
  retiredWhen: "Retired",
  putBack: "Put back",
  putBackNamed: (serialNumber: string) => `Put back ${serialNumber}`,
  putBackDone: (count: number, number: string) => `${tokens(count, number)} put back.`,
  putBackKept: (count: number, number: string) =>
    count === 1
      ? "1 was imported anew meanwhile and stays as it is."
      : `${number} were imported anew meanwhile and stay as they are.`,
};
