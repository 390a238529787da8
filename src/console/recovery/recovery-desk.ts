import { type DemoUser, findDemoUser } from "../demo-account.ts";
import type { TextStorage } from "../safe-storage.ts";
import { readRecovery, type Recovery, writeRecovery } from "./recovery-record.ts";
import { SendLimit } from "./send-limit.ts";

/** How long a link and a call's digits are good for. */
export const PROOF_LIFE_MS = 600_000;
/** Wrong digits after which a call ends. */
const WRONG_DIGITS_MAX = 3;
/** The password that was proved at the start is good for that long. */
const RECOVERY_LIFE_MS = 1_800_000;

/** What the desk works with; a test brings its own clock and its own chance. */
export interface RecoveryDeskOptions {
  /** Ends with the tab: the proofs. */
  readonly tab: TextStorage;
  /** Outlives it: how often something was sent. */
  readonly browser: TextStorage;
  readonly now: () => number;
  readonly randomValues: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
}

/** Where a recovery has come to. */
export type RecoveryStep = "mail" | "phone" | "done";

/**
 * The alternative factors of the root user: a link in an e-mail, then six digits typed on the phone. It outlives a reload
 * and expires; every proof can be used once, and not before the one ahead of it.
 */
export class RecoveryDesk {
  readonly #options: RecoveryDeskOptions;
  readonly mailLimit: SendLimit;
  readonly callLimit: SendLimit;

  constructor(options: RecoveryDeskOptions) {
    this.#options = options;
    this.mailLimit = new SendLimit(options.browser, "mail", options.now);
    this.callLimit = new SendLimit(options.browser, "call", options.now);
  }

  /** The recovery under way, if there is one that is not too old. */
  get current(): {
    readonly user: DemoUser;
    readonly serialNumber: string;
    readonly step: RecoveryStep;
  } | null {
    const recovery = this.#recovery;
    const user = recovery ? findDemoUser(recovery.userName) : null;
    if (!recovery || user?.kind !== "root") return null;
    const step = recovery.callProved ? "done" : recovery.mailProved ? "phone" : "mail";
    return { user, serialNumber: recovery.serialNumber, step };
  }

  /** True while a link is out that can still be followed. */
  get isMailOut(): boolean {
    return this.#isFresh(this.#recovery?.mail);
  }

  /** The digits to be typed on the phone, while it is in a call. */
  get callDigits(): string | null {
    const call = this.#recovery?.call;
    return call && this.#isFresh(call) ? call.secret : null;
  }

  /** Call it only after the password was proved. A recovery of the same token goes on where it was. */
  begin(user: DemoUser, serialNumber: string): void {
    const { current } = this;
    if (current?.user === user && current.serialNumber === serialNumber) return;
    const startedAtMs = this.#options.now();
    this.#write({ userName: user.userName, serialNumber, startedAtMs, mailProved: false, callProved: false });
  }

  end(): void {
    writeRecovery(this.#options.tab, null);
  }

  /** Everything forgotten, for *Start over*. */
  clear(): void {
    this.end();
    this.mailLimit.clear();
    this.callLimit.clear();
  }

  /** What the link in the e-mail is to hold; null when it may not be sent yet. The link before it is good no longer. */
  sendMail(): string | null {
    const recovery = this.#recovery;
    if (!recovery || this.mailLimit.waitMs > 0) return null;
    this.mailLimit.count();
    const secret = this.#randomText();
    this.#write({ ...recovery, mail: { secret, atMs: this.#options.now() } });
    return secret;
  }

  /** False for a link that was used, replaced, or is too old. */
  followLink(proof: string): boolean {
    const recovery = this.#recovery;
    const { mail, ...rest } = recovery ?? {};
    if (!recovery || !mail || mail.secret !== proof || !this.#isFresh(mail)) return false;
    this.#write({ ...(rest as Recovery), mailProved: true });
    return true;
  }

  /** Rings the phone; false when it may not ring yet, or the e-mail is not proved. */
  call(): boolean {
    const recovery = this.#recovery;
    if (!recovery?.mailProved || this.callLimit.waitMs > 0) return false;
    this.callLimit.count();
    const call = { secret: this.#randomDigits(), atMs: this.#options.now() };
    this.#write({ ...recovery, call, wrongDigits: 0 });
    return true;
  }

  /** What was typed on the phone. Three times wrong ends the call, as does the time. */
  typeDigits(digits: string): "right" | "wrong" | "ended" {
    const recovery = this.#recovery;
    if (!recovery?.call || !this.#isFresh(recovery.call)) return "ended";
    const { call, wrongDigits = 0, ...rest } = recovery;
    if (call.secret === digits) {
      this.#write({ ...rest, callProved: true });
      return "right";
    }
    const hasEnded = wrongDigits + 1 >= WRONG_DIGITS_MAX;
    this.#write(hasEnded ? rest : { ...recovery, wrongDigits: wrongDigits + 1 });
    return hasEnded ? "ended" : "wrong";
  }

  get #recovery(): Recovery | null {
    const recovery = readRecovery(this.#options.tab);
    const age = recovery ? this.#options.now() - recovery.startedAtMs : 0;
    return recovery && age >= 0 && age < RECOVERY_LIFE_MS ? recovery : null;
  }

  #isFresh(proof: { readonly atMs: number } | undefined): boolean {
    const age = this.#options.now() - (proof?.atMs ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < PROOF_LIFE_MS;
  }

  #write(recovery: Recovery): void {
    writeRecovery(this.#options.tab, recovery);
  }

  #randomText(): string {
    const bytes = this.#options.randomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** A byte above 249 is drawn again, or the low digits would come more often. */
  #randomDigits(): string {
    let digits = "";
    while (digits.length < 6) {
      const [byte = 255] = this.#options.randomValues(new Uint8Array(1));
      if (byte < 250) digits += String(byte % 10);
    }
    return digits;
  }
}
