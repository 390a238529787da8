/** The texts of the sign-in by alternative factors. */
export const RECOVERY_TEXTS = {
  title: "Sign in without the token",
  lead: "Two other things show that it is you: the account’s mailbox and its phone. Each is good for 10 minutes.",
  progress: "Progress",
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  steps: { mail: "E-mail", phone: "Phone", done: "Sign in" },
  back: "Back",

  mailText: (address: string) => `We send a link to ${address}. Open it from the mailbox below.`,
  sendMail: "Send the verification e-mail",
  resendMail: "Send it again",
  mailSent: "Sent. Open the link in the message within 10 minutes.",
  linkRefused: "That link was used already, replaced by a newer one, or is too old. Have a new one sent.",
  mailSubject: "Verify your e-mail address",
  mailLines: [
    "Somebody who knows the password wants to sign in to your account without the MFA device.",
    "If that is you, open the link. If not, change your password now: it is known to somebody else.",
  ],

  phoneText: (phone: string) => `Your e-mail address is verified. Next we call ${phone}.`,
  call: "Call me now",
  callAgain: "Call me again",
  digitsText: "The call asks for these six digits. Type them on the phone.",
  digitsLabel: "Digits for the call",
  digitsWrong: "Those were not the digits on the screen. Type them again.",
  callEnded: "The call has ended. Have another one made.",

  phoneTitle: (phone: string) => `Simulated phone ${phone}`,
  phoneIdle: "It does not ring.",
  phoneRings: "“This is your account. Type the six digits that your screen shows.”",
  keypad: "Digits typed on the phone",
  typeDigits: "Send the digits",

  doneText:
    "Both are proved. You can sign in now; before anything else you then remove or replace the token, or keep it out of use.",
  signIn: "Sign in without the token",
  waitFor: (wait: string) => `Possible again in ${wait}`,
  signedInSubject: "Somebody signed in without the MFA device",
  signedInLines: (serialNumber: string) => [
    `The root user signed in by e-mail and phone instead of the token ${serialNumber}.`,
    "If that was not you, change the password of the account and of this mailbox.",
  ],
};
