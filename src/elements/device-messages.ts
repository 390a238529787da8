/** The texts of what surrounds a device: trouble with it, its limits, its replacement, and what comes after it was added. */
export const englishDeviceMessages = {
  // Sign-in
  resyncHint: "Refused again? The token's clock may be off. Two codes in a row put that right.",
};
