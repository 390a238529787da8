/** The texts about USB tokens, in English. Texts with values are functions; names arrive ready to be shown. */
export const englishTokenMessages = {
  title: "USB token",
  intro: "Plug in your token and connect it. Its codes are read here; they go nowhere by themselves.",
  connectUsb: "Connect USB token",
  connectHid: "Connect Nitrokey",
  /** Names of tokens behind a button. */
  forTokens: (names: string) => `For ${names}`,
  choosing: "Pick your token in the browser's window.",
  opening: (name: string) => `Opening ${name}…`,
  reading: (name: string) => `Reading ${name}…`,
  several: "More than one token is plugged in. Which one do you want to use?",
  tokenNumber: (name: string, serialNumber: string) => `${name} ${serialNumber}`,
  connected: (name: string) => `${name} connected.`,
  removed: "Token removed. Plug it in again, and it comes back here.",
  otherToken: (name: string) => `This is another token: ${name}.`,
  useOther: "Use it instead",
  paused: "Another part of this page is using the token.",
  resting: "Nobody was here for a minute, so the token was let go. It is opened again when you are back.",
  framed:
    "This page is part of another site. The browser gives the token to that site as well, which could then ask it for codes.",
  inOtherTab: "The token is in use in another tab of this site. Take it over here, or type the code.",
  takeOver: "Take over here",
  forget: "Forget this token",
  forgotten: "The token is forgotten. Connect it again when you need it.",
  noReader: "This page has no way to read tokens. Type the code from the token instead.",
  notSupportedTitle: "This browser cannot read USB tokens",
  notSupported: "Use Chrome or Edge on a computer. Typing a code works in every browser.",
  unknownError: "Something went wrong with the token. Unplug it, plug it in again, then try again.",

  // Unlocking
  locked: (name: string) => `${name} is locked`,
  lockedHint: "Enter the token's own password or PIN. It stays on this computer.",
  password: "Token password",
  passwordMissing: "Enter the token's password.",
  unlock: "Unlock",
  unlocking: "Unlocking…",

  // The accounts
  accounts: "Accounts on this token",
  search: "Search accounts",
  found: (count: number, number: string) => (count === 1 ? "1 account" : `${number} accounts`),
  noMatch: "No account matches. Change the search.",
  empty: "There is no account on this token yet.",
  nameless: "Account without a name",
  copy: "Copy",
  copied: "Copied",
  codeCopied: "Code copied.",
  copyFailed: "The browser did not let us copy. Select the code and copy it by hand.",
  showCode: "Show code",
  codeRefused: "No code",
  everySeconds: (wait: string) => `New code every ${wait}`,
  counterBased: "New code at each press",
  needsTouch: "Needs a touch",

  // Touch
  touch: "Touch",
  touchNow: "Touch the token now",
  touchHint: "It blinks while it waits.",
  touchLeft: (wait: string) => `${wait} left`,

  // Clock
  clockQuestion: "Set the token's clock to this computer's time?",
  clockHint:
    "The token knows a later time than this computer, or none yet. Check this computer's clock first: set to a wrong time, the token gives wrong codes.",
  computerClockWrong: (offset: string) =>
    `This computer's clock is about ${offset}, so the token would give wrong codes. Set it right, or type the code from a display.`,
  computerClockOff: (offset: string) => `This computer's clock is about ${offset}. Set it right soon.`,
  clockSet: "Set its clock",
  clockKeep: "Leave it",
  clockRefused:
    "The token's clock was left as it is, so it gives no code for now. Check this computer's time, then try again.",

  // Read into a field
  readFromToken: "Read from token",
  readIntro: "Is the token plugged in? Its codes can be read instead of typed.",
  readingCode: "Reading…",
  readFrom: (token: string, account: string) => `Read from ${token}, ${account}`,
  chooseAccount: "Which account on the token?",
  readNothing: "The token holds no account with codes of that length. Type the code instead.",
  readAborted: "Reading stopped. Type the code, or read it again.",
  serialFrom: "Read from the token. Change it if the back of the token says another number.",

  // Typed by a key
  yubicoOtp:
    "That was a Yubico OTP, not a code of digits. Hold the key's button longer, or set it up for OATH-HOTP.",

  // Adding
  add: "Add credential",
  addHow: "Where does the key come from?",
  addPasted: "From the site",
  addPastedHint: "The link or the secret key of its page for an authenticator app.",
  addFresh: "Make a new one",
  addFreshHint: "For a service that takes your key, such as the inventory here.",
  secret: "Secret key or otpauth: link",
  secretHint: "It is written to the token only, and cannot be read back from it.",
  secretProblems: {
    missing: "Paste the secret key or the link first.",
    "not-base32": "A secret key has the letters A to Z and the digits 2 to 7 only. Copy it again as a whole.",
    "bad-uri": "That link cannot be read. Copy it again as a whole, or paste the secret key.",
    "too-short": "That key is too short to be one. Copy it again as a whole.",
    "too-long": "That key is longer than tokens take. Let the site make a shorter one.",
    unsupported: "That link asks for codes no token can show. Ask the site for codes of 6 digits.",
  },
  issuer: "Issuer",
  issuerHint: "The site or company, such as AWS.",
  account: "Account",
  accountHint: "Your user name there.",
  accountMissing: "Enter a name for the account.",
  accountTooLong: "The token has no room for so long a name. Use up to 63 letters for both fields together.",
  accountTaken:
    "The token has an account with this name already. Nothing is overwritten, so choose another name.",
  requireTouch: "Ask for a touch before each code",
  check: "Continue",
  confirmAdd: (account: string, token: string) => `Write ${account} to ${token}?`,
  kindOf: (kind: string, algorithm: string, digits: number) => `${kind}, ${algorithm}, ${digits} digits`,
  write: "Write to token",
  back: "Back",
  added: (account: string) => `${account} is on the token.`,
  pasteBack: "Give these two codes in a row back to the site, which then knows that the token works.",
  codeNumber: (number: number) => `Code ${number}`,
  freshSecret: "Secret key",
  freshSecretHint: "This is the only time it is shown. Give it to the service that shall know the token.",
  secretCopied: "Secret key copied.",
  register: "Put it into the inventory, too",
  registerSerial: "Serial number in the inventory",
  registerSerialMissing: "Enter the number under which the inventory shall keep it.",
  registered: (serialNumber: string) => `The inventory knows it as ${serialNumber}.`,
  notRegistered:
    "The inventory did not take it. Copy the secret key, or delete the account and add it again.",

  // Changing
  rename: "Rename",
  renameTitle: (account: string) => `Rename ${account}`,
  renamed: "Account renamed.",
  delete: "Delete",
  deleteTitle: (account: string) => `Delete ${account}?`,
  deleteText:
    "The token can never show its codes again. Switch MFA off at the site first, or you may not get in any more.",
  deleted: (account: string) => `Deleted ${account}.`,
  setPassword: "Set password",
  setPasswordTitle: "Set the token's password",
  setPasswordHint: "It is asked for before codes are read. Nobody can reset it without erasing the token.",
  newPassword: "New password",
  repeatPassword: "New password again",
  passwordsDiffer: "The two passwords differ. Enter the same one twice.",
  passwordSet: "The token has a new password.",
  clearPassword: "Remove password",
  clearPasswordTitle: "Remove the token's password?",
  clearPasswordText: "Anybody who holds the token can then read its codes.",
  passwordCleared: "The token has no password any more.",
  saving: "Working…",

  // What can be read
  supported: "Which tokens can be read here?",
  typedToo:
    "A key that types its code works in every browser: put the cursor into the code field, then press the key.",
  readable: "Can be read here",
  notReadable: "Not here",
  api: {
    webusb: "read over USB",
    webhid: "read over USB (HID)",
    "smart-card": "read as a smart card",
    typed: "types its code",
    none: "read its display",
  },
};

/** The texts about USB tokens. A translation has the same keys. */
export type TokenMessages = typeof englishTokenMessages;
