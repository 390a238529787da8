import { Outbox } from "./outbox/outbox.ts";
import { RecoveryDesk } from "./recovery/recovery-desk.ts";
import { safeStorage, type TextStorage } from "./safe-storage.ts";
import { Session } from "./session.ts";
import { RememberedAccount } from "./sign-in/remembered-account.ts";
import { SuspendedTokens } from "./suspended-tokens.ts";

/** Where it is kept, and by which clock. */
export interface ConsoleMemoryOptions {
  /** Ends with the tab. */
  readonly tab: TextStorage;
  /** Outlives it. */
  readonly browser: TextStorage;
  /** Unix milliseconds. */
  readonly now: () => number;
}

function fillRandomly(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(bytes);
}

/** All that the console remembers beside the vault. No secret of a token, no code and no password is in it. */
export class ConsoleMemory {
  readonly session: Session;
  readonly account: RememberedAccount;
  readonly outbox: Outbox;
  readonly recovery: RecoveryDesk;
  readonly suspended: SuspendedTokens;

  constructor({ tab, browser, now }: ConsoleMemoryOptions) {
    this.session = new Session(tab);
    this.account = new RememberedAccount(browser);
    this.outbox = new Outbox(tab, now);
    this.suspended = new SuspendedTokens(browser);
    this.recovery = new RecoveryDesk({ tab, browser, now, randomValues: fillRandomly });
  }

  /** Forgets everything, for *Start over*. */
  clear(): void {
    this.session.end();
    this.account.forget();
    this.outbox.clear();
    this.recovery.clear();
    this.suspended.clear();
  }
}

/** The page's own. */
export function pageMemory(): ConsoleMemory {
  return new ConsoleMemory({
    tab: safeStorage(() => sessionStorage),
    browser: safeStorage(() => localStorage),
    now: () => Date.now(),
  });
}
