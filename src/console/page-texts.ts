/** The texts of the frame and of the pages that are little more than text. */
export const PAGE_TEXTS = {
  rootUser: "Root user",
  iamUser: "IAM user",
  userAtAccount: (userName: string, account: string) => `${userName} @ ${account}`,
  accountId: (id: string) => `Account ${id}`,

  welcome: "Welcome back",
  homeLead: "Assign a hardware token, let its clock drift, and bring it back in step.",
  tile: {
    "security-credentials":
      "Assign an MFA device by its serial number and two codes in a row. Resync or remove it here as well.",
    "token-inventory": "The tokens this console knows. Import the seed file that came with a box of tokens.",
    "usb-tokens": "Read codes from a token that is plugged in, or from a virtual one of this demo.",
    vault: "Its passphrase, passkeys and backup: who can get at the seeds, and how they come back.",
  } as Readonly<Record<string, string>>,

  noTokenAtHand:
    "No token at hand? The virtual token shows its serial number when you turn it over, and a code when you press its button.",
};
