import type { RefusedCodes } from "../../mfa/contract.ts";
import type { SignedIn } from "../session.ts";

/** Every factor was proved, or alternatives to one of them. */
export class SignedInEvent extends Event {
  readonly signedIn: SignedIn;
  /** What was refused since the last sign-in, if anything. */
  readonly refused: RefusedCodes | null;

  constructor(signedIn: SignedIn, refused: RefusedCodes | null) {
    super("console-signed-in", { bubbles: true, composed: true });
    this.signedIn = signedIn;
    this.refused = refused;
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-signed-in": SignedInEvent;
  }
}
