/** Where *Troubleshoot MFA* leads. */
export type TroublePath =
  /** Back to the code, perhaps of another device. */
  | { readonly kind: "code"; readonly serialNumber: string | null }
  /** Two codes in a row, before signing in. */
  | { readonly kind: "resync"; readonly serialNumber: string }
  /** Out of use at once; the person stays where they are. */
  | { readonly kind: "suspend"; readonly serialNumber: string }
  /** E-mail and phone. */
  | { readonly kind: "recover"; readonly serialNumber: string }
  /** A message to the administrator; the person stays where they are. */
  | { readonly kind: "ask"; readonly serialNumber: string };

/** The person has chosen how to go on. */
export class TroublePathEvent extends Event {
  readonly path: TroublePath;

  constructor(path: TroublePath) {
    super("console-trouble-path", { bubbles: true, composed: true });
    this.path = path;
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-trouble-path": TroublePathEvent;
  }
}
