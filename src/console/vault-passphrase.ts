import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { VaultState } from "../mfa/vault-contract.ts";
import { renderPassphraseField, renderShowPassphrase, takePassphrases } from "./passphrase-field.ts";
import { VaultSection } from "./vault-section.ts";
import { strengthText } from "./vault-text.ts";

/**
 * Puts the vault under a passphrase, changes it, and locks.
 * @fires console-vault-changed
 */
@customElement("console-vault-passphrase")
export class ConsoleVaultPassphrase extends VaultSection {
  @property({ attribute: false }) state: VaultState = "new";
  @state() private strength: string | null = null;
  @state() private isChanging = false;

  protected override render() {
    const isNew = this.state === "new";
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">Passphrase</h2>
      ${
        isNew
          ? html`<p>
              This is a demo vault: its seeds are sealed with a key that lies beside them in this browser.
              Whoever can open this browser can use it. Set a passphrase before you import real seeds. Nobody
              can reset it: make a backup as well.
            </p>`
          : html`<p>
              The seeds are sealed with your passphrase. The vault locks after five minutes without use, and
              when you lock it, in all tabs.
            </p>`
      }
      ${isNew || this.isChanging ? this.#form(isNew) : this.#actions()}
    </section>`;
  }

  #actions() {
    return html`<div class="actions">
        <button type="button" @click=${this.#lock}>Lock now</button>
        <button class="link" type="button" @click=${() => (this.isChanging = true)}>
          Change the passphrase
        </button>
      </div>
      ${this.messages()}`;
  }

  #form(isNew: boolean) {
    return html`<form @submit=${this.#submit} novalidate>
      ${
        isNew
          ? nothing
          : renderPassphraseField({ id: "current", label: "Passphrase as it is", use: "current-password" })
      }
      ${renderPassphraseField({
        id: "next",
        label: "New passphrase",
        use: "new-password",
        hint: this.strength ?? "At least 8 characters; 15 or more are better.",
        onInput: (event) => (this.strength = strengthText((event.currentTarget as HTMLInputElement).value)),
      })}
      ${renderPassphraseField({ id: "again", label: "New passphrase again", use: "new-password" })}
      ${renderShowPassphrase(() => this.renderRoot)} ${this.messages()}
      <div class="actions">
        <button class="primary" type="submit" aria-disabled=${this.waits}>
          ${isNew ? "Set the passphrase" : "Change it"}
        </button>
        ${
          isNew
            ? nothing
            : html`<button type="button" @click=${() => (this.isChanging = false)}>Cancel</button>`
        }
      </div>
    </form>`;
  }

  #submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const [next, again] = ["next", "again"].map(
      (id) => this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? "",
    );
    if (next !== again) {
      this.problem = "The two new passphrases differ. Enter the same one twice.";
      this.renderRoot.querySelector<HTMLElement>("#again")?.focus();
      return;
    }
    const [current = "", passphrase = ""] = takePassphrases(this.renderRoot, ["current", "next", "again"]);
    const isNew = this.state === "new";
    const isSet = await this.work("Sealing the vault…", async (service) => {
      if (isNew) await service.createVault(passphrase);
      else await service.changePassphrase(current, passphrase);
      return isNew ? "The vault is under your passphrase. Make a backup now." : "The passphrase was changed.";
    });
    this.strength = null;
    if (!isSet) return;
    this.isChanging = false;
    this.changed();
  };

  #lock = async () => {
    const isLocked = await this.work("Locking…", async (service) => {
      await service.lock();
      return "The vault is locked.";
    });
    if (isLocked) this.changed();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-vault-passphrase": ConsoleVaultPassphrase;
  }
}
