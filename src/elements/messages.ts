import { englishBridgeErrors } from "./bridge-messages.ts";
import { englishDeviceMessages } from "./device-messages.ts";
import { englishErrors, englishInputErrors, englishReasons } from "./error-messages.ts";
import { englishTokenMessages } from "./token-messages.ts";

/** Every text of the elements, in English. Texts with values are functions; durations arrive as words. */
export const englishMessages = {
  /** BCP 47, for the numbers and dates in these texts. */
  locale: "en",
  seconds: (count: string) => `${count} s`,
  minutes: (count: string) => `${count} min`,
  hours: (count: string) => `${count} h`,
  days: (count: string) => `${count} d`,

  // Buttons
  next: "Next",
  previous: "Previous",
  cancel: "Cancel",
  done: "Done",
  tryAgain: "Try again",
  tryAgainIn: (wait: string) => `Try again in ${wait}`,
  tryAgainNow: "You can try again now.",
  working: "Checking…",
  cancelling: "Stopping…",

  // The code field
  code: "Code",
  codeFormat: (digits: number) => `Enter the ${digits} digits shown on the token.`,
  lettersRefused: "A code has digits only, so the rest was left out.",
  digitsRefused: (digits: number) => `That was more than ${digits} digits. Enter the ${digits} shown now.`,
  mfaCode: "MFA code",
  mfaCodeNumber: (number: number) => `MFA code ${number}`,
  firstCodeHint: "Press the token's button if its display is dark.",
  nextCodeHint: "Wait until the display changes, then enter the new code.",
  nextCounterCodeHint: "Press the token's button again, then enter the new code.",
  codesTooOld: "Those codes are too old by now, so the fields were emptied. Enter two new ones.",
  nextCodeIn: (wait: string) => `Next code in about ${wait}`,
  tenSecondsLeft: "About 10 seconds to the next code.",
  newCodeNow: "The display should show a new code now.",
  waitBegins: (wait: string) => `Code entered. The next one appears in about ${wait}.`,
  pressAgain: "Code entered. Press the token's button for the next one.",

  // Enrolment
  progress: "Progress",
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  selectDevice: "Select MFA device",
  setUpDevice: "Set up device",
  setUpToken: "Set up your hardware TOTP token",
  deviceName: "Device name",
  deviceNameHint: "A name you will recognise, such as Blue-key-fob.",
  deviceNameRule: "Use 1 to 64 letters and digits without accents, or _ + = , . @ -",
  deviceType: "Device type",
  hardwareTotp: "Hardware TOTP token",
  hardwareTotpHint: "A key fob or card that shows a code on its own display.",
  passkey: "Passkey or security key",
  authenticatorApp: "Authenticator app",
  notOffered: "Not offered here",
  serialNumber: "Serial number",
  serialHint: "It is printed on the back of the token, after S/N.",
  serialMissing: "Enter the number from the back of the token.",
  twoCodesNeeded: "Two codes in a row show that the token is yours, and how its clock runs.",
  addMfa: "Add MFA",
  adding: "Adding…",
  tokenAdded: "Token added",
  tokenAddedAs: (deviceName: string) => `You can now sign in with ${deviceName}.`,

  // Resync
  resyncTitle: (deviceName: string) => `Resync ${deviceName}`,
  resyncToken: "Resync your token",
  resyncIntro: "Enter two codes in a row, and we will correct for the token's clock.",
  resyncIntroThree: "Enter three codes in a row to open the token again.",
  resyncIntroWide: "Enter three codes in a row, so that we can search a whole day around now.",
  useThreeCodes: "Use three codes instead",
  resync: "Resync",
  resyncing: "Searching…",
  resynced: "Token resynced",
  driftGone: (before: string) => `Before: ${before}. Now: in step.`,
  driftChange: (before: string, after: string) => `Before: ${before}. Now: ${after}, and corrected for.`,

  // The token's clock
  driftNone: "Your token's clock is right.",
  driftCorrected: (drift: string) => `Your token runs about ${drift}. That is normal and now corrected.`,
  behind: (duration: string) => `${duration} behind`,
  ahead: (duration: string) => `${duration} ahead`,
  inStep: "in step",
  counterInStep: "Your token's counter is in step.",

  // Sign-in
  signInTitle: "Multi-factor authentication",
  signInIntro: "Enter the code shown on your MFA device.",
  mfaDevice: "MFA device",
  signIn: "Sign in",
  signedIn: "Code accepted",
  trouble: "Trouble with your token?",
  checkClock: (time: string) => `Also check that the time on this computer is right: ${time}.`,
  resyncedNowSignIn: "Your token is back in step. Enter the next code it shows.",
  noDevices: "No MFA device is assigned to this account.",

  // Devices
  devicesTitle: "Multi-factor authentication (MFA)",
  devicesIntro: "Sign in with your password and a code from a device you hold.",
  loading: "Loading…",
  notConnected: "This part of the page is not connected to its service yet.",
  assign: "Assign MFA device",
  remove: "Remove",
  removing: "Removing…",
  removed: (deviceName: string) => `Removed ${deviceName}.`,
  chooseFirst: "Choose a device in the list first.",
  emptyTitle: "No MFA device",
  emptyText: "Only the password protects this account. Assign a device to ask for a code as well.",
  select: "Select",
  selectDeviceNamed: (deviceName: string) => `Select ${deviceName}`,
  type: "Type",
  identifier: "Identifier",
  createdOn: "Created on",
  lastUsed: "Last used",
  neverUsed: "Not used yet",
  status: "Status",
  counterBased: "Hardware HOTP token",
  clock: (drift: string) => `Clock ${drift}`,
  state: { active: "Active", "out-of-sync": "Out of sync", locked: "Locked" },
  removeTitle: (deviceName: string) => `Remove ${deviceName}?`,
  removeText: (serialNumber: string) =>
    `Codes of the token ${serialNumber} will no longer be accepted. The token itself can be assigned again later.`,
  removeLast: "It is your only MFA device. Without it, only the password protects this account.",

  // Errors
  errors: englishErrors,
  reasons: englishReasons,
  inputErrors: englishInputErrors,
  bridgeErrors: englishBridgeErrors,
  unknownError: "Something went wrong on our side. Try again.",

  ...englishDeviceMessages,

  // USB tokens
  token: englishTokenMessages,
};

/** The texts of the elements. A translation has the same keys. */
export type Messages = typeof englishMessages;

/** The keys that hold a table of texts: each text in it can be replaced by itself. */
type TableKey = "state" | "errors" | "reasons" | "inputErrors" | "bridgeErrors" | "token";

/** Any of the texts, to take the place of the English ones. */
export type MessageOverrides = Partial<Omit<Messages, TableKey>> & {
  readonly [Key in TableKey]?: Partial<Messages[Key]>;
};

/** The English texts with `overrides` in their place. */
export function withOverrides(overrides: MessageOverrides | undefined): Messages {
  if (!overrides) return englishMessages;
  return {
    ...englishMessages,
    ...overrides,
    state: { ...englishMessages.state, ...overrides.state },
    errors: { ...englishErrors, ...overrides.errors },
    reasons: { ...englishReasons, ...overrides.reasons },
    inputErrors: { ...englishInputErrors, ...overrides.inputErrors },
    bridgeErrors: { ...englishBridgeErrors, ...overrides.bridgeErrors },
    token: { ...englishTokenMessages, ...overrides.token },
  };
}
