/** The texts of *Security credentials*. */
export const CREDENTIALS_TEXTS = {
  limitedTitle: "You signed in without your token",
  limitedText: (serialNumber: string) =>
    `Until the token ${serialNumber} is dealt with, nothing else can be reached. Remove it below, after assigning a new one if you have one at hand, or keep it out of use for now.`,
  keepOut: "Keep it out of use and go on",
  keptOut: (serialNumber: string) => `The token ${serialNumber} is out of use.`,

  suspendedTitle: "Out of use",
  suspendedText: "These tokens were reported as lost. Their codes are refused until you use them again.",
  useAgain: "Use it again",
  usedAgain: (deviceName: string) => `${deviceName} is in use again.`,

  removedSubject: "An MFA device was removed",
  removedLines: (deviceName: string, serialNumber: string) => [
    `The device ${deviceName} with the token ${serialNumber} was removed from your user.`,
    "If that was not you, change your password, and assign a device again.",
  ],
};
