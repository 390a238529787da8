/** The texts of the drift plot, in English; they stand with those of the inventory. */
export const englishDriftMessages = {
  driftTitle: "Clock",
  driftNoneYet: "No code of this token was accepted yet, so nothing is known of its clock.",
  driftCounter: "This token counts presses and has no clock.",
  driftOne: (offset: string) => `Its clock is ${offset}. More codes will show how it runs.`,
  driftKeeps: (offset: string) => `Its clock is ${offset} and keeps time.`,
  driftGains: (offset: string, rate: string) => `Its clock is ${offset} and gains about ${rate} a month.`,
  driftLoses: (offset: string, rate: string) => `Its clock is ${offset} and loses about ${rate} a month.`,
  driftRight: "right",
  driftInAYear: (offset: string) => `In a year it will be ${offset}, if it goes on like this.`,
  driftResynced: (before: string, after: string) =>
    `Before the resync it was taken for ${before}; now for ${after}.`,
  driftPlot: "Seconds that the token's clock was ahead or behind, with the line it follows",
  driftTable: "Show the values as a table",
  driftWhen: "Code accepted",
  driftOffset: "Clock",
  driftToday: "now",
};

export type DriftMessages = typeof englishDriftMessages;
