/** The texts of `<oath-identify>`, in English; they stand with those of the inventory. */
export const englishIdentifyMessages = {
  identifyTitle: "Which token is this?",
  identifyIntro:
    "Two codes in a row find a token whose number cannot be read, among the tokens whose seeds are here.",
  identifyDigits: "Digits of a code",
  identifyFind: "Find the token",
  identifying: "Searching…",
  identifyGettingReady: "Getting ready while you wait for the next code",
  identifySearching: "Searching the inventory",
  identifyStop: "Stop",
  identifyStopped: "Stopped. The codes are still there.",
  identifyFound: "This is the token",
  identifyCompare: "Compare the number with the back of the token.",
  identifyMatches: "It matches",
  identifyNoMatch: "It does not match",
  identifyClose: "Close",
  identifyNone:
    "No token of the inventory shows these codes in a row. Check both for a slip, or import the file of that token first.",
  identifyNoneFar:
    "No token of the inventory shows these three codes in a row, not even with its clock off by an hour. It is not among those imported here.",
  identifyWiden: "Its clock may be far off: enter three codes in a row",
  identifySeveral: "These two codes fit more than one token. Enter the next code as well.",
  identifyStillSeveral: "These codes fit more than one token. Enter three new ones.",
};
