import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { renderAlert } from "../elements/alert.ts";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import { pageStyles } from "./page-styles.ts";
import { vaultStyles } from "./vault-styles.ts";
import { isDismissal, vaultErrorText } from "./vault-text.ts";

/** Something of the vault is not as it was: another passphrase, open, shut, or restored. */
export class VaultChangedEvent extends Event {
  constructor() {
    super("console-vault-changed", { bubbles: true, composed: true });
  }
}

/** A part of the vault's page: one piece of work at a time, and what came of it. */
export abstract class VaultSection extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, vaultStyles];

  @property({ attribute: false }) service: LocalMfaService | undefined;

  /** What is going on; empty when nothing is. */
  @state() protected busy = "";
  @state() protected problem = "";
  @state() protected done = "";

  /** Runs `work` unless something runs already, and tells what came of it. Resolves with whether it went well. */
  protected async work(doing: string, work: (service: LocalMfaService) => Promise<string>): Promise<boolean> {
    const { service } = this;
    if (!service || this.busy !== "") return false;
    this.busy = doing;
    this.problem = "";
    this.done = "";
    try {
      this.done = await work(service);
      return true;
    } catch (error) {
      if (!isDismissal(error)) this.problem = vaultErrorText(error);
      return false;
    } finally {
      this.busy = "";
    }
  }

  /** What a button of a form says about being pressed: it stays focusable while it has to wait. */
  protected get waits(): "true" | typeof nothing {
    return this.busy === "" ? nothing : "true";
  }

  /** Read out as they come. */
  protected messages(): TemplateResult {
    return html`<div class="messages">
      <div role="alert">${renderAlert("error", this.problem)}</div>
      <p class="note" role="status">${this.busy === "" ? this.done : this.busy}</p>
    </div>`;
  }

  protected changed(): void {
    this.dispatchEvent(new VaultChangedEvent());
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-vault-changed": VaultChangedEvent;
  }
}
