/** The texts of the sign-in page. */
export const SIGN_IN_TEXTS = {
  title: "Sign in",
  next: "Next",
  signIn: "Sign in",
  password: "Password",

  // The chooser
  whoTitle: "Who are you?",
  root: "Root user",
  rootHint: "The account's owner, for the few tasks that nobody else may do.",
  iam: "IAM user",
  iamHint: "A user of the account, for everyday work.",
  rootEmail: "Root user email address",
  account: "Account ID (12 digits) or account alias",
  badEmail: "Enter the e-mail address of the root user, such as root@example.com.",
  noAccount: "Enter the number or the alias of the account.",

  // The root user's password
  rootTitle: "Root user sign-in",
  emailAddress: "E-mail address",
  change: "Change",
  wrongRootLogin: "That e-mail address and password do not belong together. Check both, then try again.",

  // The IAM user's form
  iamTitle: "IAM user sign-in",
  userName: "User name",
  remember: "Remember this account",
  noUserName: "Enter your user name.",
  wrongIamLogin:
    "That account, user name and password do not belong together. Check all three, then try again.",
  toRoot: "Sign in with the root user’s email address",
  otherAccount: "Sign in to a different account",

  // The code
  mfaTitle: "Additional verification",
  signingInAs: "Signing in as",
  startAgain: "Use another account",
  failed: "The account's MFA devices could not be read. Try again, or start over at the foot of the page.",

  // The demo's users
  demoTitle: "Demo account",
  demoText: "Everything here runs in this browser. One account, four people, and a box of sample tokens.",
  demoAccount: "Account",
  demoPassword: "Password of all",
  fillIn: "Fill in",
  fillInFor: (person: string) => `for ${person}`,
  theRootUser: "the root user",
  people: "People",
  noToken: "No token yet.",
  hasToken: (serialNumber: string) => `Signs in with the sample token ${serialNumber}.`,
  administrator: "Administrator",
};
