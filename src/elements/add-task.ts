import type { TemplateResult } from "lit";
import type { Credential, ReadCode } from "../bridge/contract.ts";
import { type Bytes, wipe } from "../core/bytes.ts";
import { formatBase32 } from "../core/text-forms.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import { type AddedView, renderAdded, renderAddForm, renderConfirm } from "./add-views.ts";
import { credentialName } from "./credential-name.ts";
import type { TaskContext } from "./credential-tasks.ts";
import { type DialogTask, fieldText, TaskProblem } from "./dialog-task.ts";
import { nameProblem } from "./name-problem.ts";
import {
  freshSecret,
  isOtpauthUri,
  type ParsedSecret,
  parseSecretInput,
  SecretInputError,
} from "./new-credential.ts";
import { registerSeed } from "./seed-registration.ts";
import type { TouchPrompt } from "./touch-prompt.ts";

/** What adding needs besides. */
export interface AddContext extends TaskContext {
  readonly touch: TouchPrompt;
  readonly now: () => number;
  readonly copy: AddedView["copy"];
  /** The service whose inventory may learn a new secret; null where there is none. */
  readonly inventory: LocalMfaService | null;
  readonly requestUpdate: () => void;
}

/** Writes a credential: what and under which name, a confirmation, and at the end two codes to give back to the site. */
export class AddTask implements DialogTask {
  readonly #context: AddContext;
  readonly #lifetime = new AbortController();
  #step: "form" | "confirm" | "done" = "form";
  #isFresh = false;
  #parsed: ParsedSecret | null = null;
  #registerAs: string | null = null;
  #added: Credential | null = null;
  #codes: readonly ReadCode[] = [];
  #registered: AddedView["registered"] = null;
  #names = { issuer: "", account: "" };

  constructor(context: AddContext) {
    this.#context = context;
  }

  get #token() {
    return this.#context.text.token;
  }

  get title(): string {
    const { text, session } = this.#context;
    if (this.#step === "confirm" && this.#parsed) {
      return this.#token.confirmAdd(credentialName(this.#parsed, text), session.info.name);
    }
    return this.#added ? this.#token.added(credentialName(this.#added, text)) : this.#token.add;
  }

  get action(): string {
    if (this.#step === "done") return this.#context.text.done;
    return this.#step === "form" ? this.#token.check : this.#token.write;
  }

  get isDone(): boolean {
    return this.#step === "done";
  }

  get goBack(): (() => void) | undefined {
    return this.#step === "confirm" ? () => this.#toForm() : undefined;
  }

  submit(form: FormData): Promise<boolean> {
    return this.#step === "form" ? this.#check(form) : this.#write();
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#wipe();
  }

  #wipe(): void {
    if (this.#parsed) wipe(this.#parsed.secret);
    this.#parsed = null;
  }

  #toForm(): void {
    this.#wipe();
    this.#step = "form";
  }

  async #check(form: FormData): Promise<boolean> {
    const { text, credentials } = this.#context;
    const parsed = this.#isFresh
      ? freshSecret((bytes) => crypto.getRandomValues(bytes))
      : await this.#parse(fieldText(form, "secret"));
    const issuer = fieldText(form, "issuer").trim() || parsed.issuer;
    const account = fieldText(form, "account").trim() || parsed.account;
    this.#registerAs = form.has("register") ? fieldText(form, "serial").trim() : null;
    const { periodSeconds } = parsed;
    const problem =
      this.#registerAs === ""
        ? new TaskProblem(this.#token.registerSerialMissing, "serial")
        : nameProblem({ issuer, account, periodSeconds }, credentials, text);
    if (problem) {
      wipe(parsed.secret);
      throw problem;
    }
    this.#names = { issuer, account };
    this.#parsed = { ...parsed, issuer, account, needsTouch: form.has("touch") };
    this.#step = "confirm";
    return false;
  }

  async #parse(secret: string): Promise<ParsedSecret> {
    try {
      return await parseSecretInput(secret);
    } catch (error) {
      if (!(error instanceof SecretInputError)) throw error;
      throw new TaskProblem(this.#token.secretProblems[error.problem], "secret");
    }
  }

  async #write(): Promise<boolean> {
    const { session, touch, now, onChanged } = this.#context;
    const { signal } = this.#lifetime;
    const parsed = this.#parsed;
    if (!parsed) throw new RangeError("there is nothing to write");
    const { secret: shown, ...credential } = parsed;
    // Closing the dialog wipes what is shown, maybe before the token's turn to read it.
    const secret = shown.slice();
    try {
      const added = await touch.run((options) => session.put(credential, secret, options), signal);
      this.#added = added;
      this.#step = "done";
      await this.#register(parsed, secret);
      if (!this.#isFresh) this.#wipe();
      this.#codes = await touch.run(
        (options) => session.consecutiveCodes(added, 2, { ...options, now }),
        signal,
      );
    } finally {
      wipe(secret);
      // The credential may be on the token, whatever became of the dialog and of its first codes.
      onChanged(this.#added && !signal.aborted ? this.title : "");
    }
    return false;
  }

  async #register(credential: ParsedSecret, secret: Bytes): Promise<void> {
    const { inventory, session } = this.#context;
    const serialNumber = this.#registerAs;
    if (!inventory || !this.#isFresh || serialNumber === null) return;
    const { manufacturer, name } = session.info;
    const { periodSeconds } = credential;
    const seed = { serialNumber, secret, periodSeconds, manufacturer, model: name };
    const isTaken = await registerSeed(inventory, seed);
    this.#registered = isTaken
      ? { kind: "success", words: this.#token.registered(serialNumber) }
      : { kind: "warning", words: this.#token.notRegistered };
  }

  /** The names in a pasted link stand in their fields at once, to be seen and changed. */
  readonly #prefill = async (secret: string, form: HTMLFormElement | null): Promise<void> => {
    if (!isOtpauthUri(secret)) return;
    const parsed = await parseSecretInput(secret).catch(() => null);
    if (!parsed) return;
    wipe(parsed.secret);
    for (const id of ["issuer", "account"] as const) {
      const field = form?.querySelector<HTMLInputElement>(`#${id}`);
      if (field && field.value === "") field.value = parsed[id];
    }
  };

  readonly #choose = (isFresh: boolean): void => {
    this.#isFresh = isFresh;
    this.#context.requestUpdate();
  };

  render(): TemplateResult {
    const { text, copy, session, inventory, problem } = this.#context;
    if (this.#step === "confirm" && this.#parsed) return renderConfirm(this.#parsed, text);
    if (this.#step === "done") {
      const secret = this.#isFresh && this.#parsed ? formatBase32(this.#parsed.secret) : "";
      return renderAdded({ codes: this.#codes, secret, registered: this.#registered, copy }, text);
    }
    return renderAddForm(
      {
        isFresh: this.#isFresh,
        names: this.#names,
        problem: problem(),
        serialNumber: session.info.serialNumber ?? "",
        canRegister: inventory !== null,
        onChoose: this.#choose,
        onSecret: this.#prefill,
      },
      text,
    );
  }
}
