/** The texts of *Troubleshoot MFA*. */
export const TROUBLE_TEXTS = {
  title: "Trouble with your token?",
  which: "Which token is it?",
  what: "What is wrong?",
  next: "Next",
  back: "Back",
  backToCode: "Back to the code",
  choose: "Choose what is wrong first.",
  causes: {
    refused: "Its codes are refused",
    refusedHint: "Two codes in a row bring a token back in step, before you sign in.",
    display: "Its display is blank or looks odd",
    displayHint: "Some of that mends itself; tell us what you see.",
    lost: "It is lost or was stolen",
    lostHint: "First it is put out of use, then we look for another way in.",
    away: "I do not have it with me",
    awayHint: "It stays in use. You may have another way in.",
  },

  // What the display shows
  displayTitle: "What does the display show?",
  displayQuestion: "I see",
  displays: {
    digits: "Digits, as always",
    blank: "Nothing at all",
    battery: "nobAtt, Lo bat or a battery",
    fault: "Err, or parts of digits",
    moving: "Digits that run or flicker",
  },
  advice: {
    digits: "Then the token works, and its clock is off. Two codes in a row put that right.",
    blank:
      "Press its button and hold it for a second: most displays are dark until then. If it stays dark, the battery is empty, and the token has to be replaced.",
    battery:
      "The battery is at its end. As long as codes still appear, sign in with them now and assign a new token. After that this one has to be replaced.",
    fault: "The token is broken and has to be replaced. No code of it can be read for certain.",
    moving:
      "It may be testing its display. Leave it alone for a minute, then press its button once. If the digits still run, it is broken and has to be replaced.",
  },
  toResync: "Enter two codes",
  otherWays: "Other ways in",

  // Lost
  lostTitle: (deviceName: string) => `Put ${deviceName} out of use?`,
  lostText:
    "Whoever has the token could sign in with it and your password. Out of use, its codes are refused from now on; you can take that back later.",
  stolenText: "If it was stolen, change your password as well: who took it may know more.",
  suspend: "Put it out of use now",
  notLost: "I only mislaid it",
  suspended: (deviceName: string) => `${deviceName} is out of use. Its codes are refused.`,
  allSuspended: "Your token is out of use, because it was reported as lost.",

  // The ways in
  waysTitle: "Other ways in",
  waysLead: "What is not set up is shown as well, so that you know what there is.",
  use: "Use this",
  other: "Another MFA device",
  otherText: (deviceName: string) => `Sign in with ${deviceName}.`,
  otherNone: "You have no other device that is in use.",
  factors: "E-mail and phone",
  factorsText: "A link in an e-mail to the account’s address, then a call to its phone number.",
  factorsNone: "For the root user only.",
  codes: "Recovery code",
  codesNone: "There are none: this console issues no recovery codes.",
  administrator: "Your administrator",
  administratorText: "An administrator of the account can resync or remove the token for you.",
  administratorNone: "The root user has none above it.",
  support: "Nothing of that works",
  supportText: "What is left then, and what you will have to show.",

  // The administrator
  askTitle: "Ask your administrator",
  askText:
    "Tell an administrator of the account in person or by phone: they will want to be sure that it is you.",
  askSteps: [
    "They open Users, choose you, and resync the token, or remove it.",
    "Once it is removed you sign in with your password alone, and assign a new token at once.",
  ],
  send: "Send the administrator a message",
  sent: "A message was sent. It lies in the simulated outbox.",
  askSubject: (userName: string) => `${userName} asks for help with an MFA token`,
  askLines: (userName: string, serialNumber: string) => [
    `${userName} cannot sign in with the token ${serialNumber}, and asks you to resync or remove it.`,
    "Make sure that it is really them, by a way that you know already. Somebody who has only the password can send this too.",
  ],

  // The end of the road
  supportTitle: "Without a device and without alternatives",
  supportOfRoot:
    "Nobody here can let you in, and this page will not pretend so. The provider of the account can remove the device after checking who you are.",
  supportOfIam: "Nobody but an administrator can let you in, and this page will not pretend so.",
  proofTitle: "Have this ready",
  proofOfRoot: [
    "the number of the account",
    "the e-mail address and the phone number of the account",
    "the serial number of the token, if you have noted it",
    "a document that shows that you may act for the account’s owner",
  ],
  proofOfIam: [
    "your user name and the number of the account",
    "the serial number of the token, if you have noted it",
  ],
  demo: "This is a demo: there is no provider to call. Start over at the foot of the page to be let in again.",
};

export type TroubleCause = "refused" | "display" | "lost" | "away";
export type DisplayLook = keyof typeof TROUBLE_TEXTS.displays;
