import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { download } from "../elements/download.ts";
import type { VaultState } from "../mfa/index.ts";
import "./backup-restore.ts";
import {
  renderPassphraseField,
  renderShowPassphrase,
  takePassphrases,
  type PassphraseField,
} from "./passphrase-field.ts";
import { VaultSection } from "./vault-section.ts";
import { strengthText } from "./vault-text.ts";

const OWN_PASSPHRASE: PassphraseField = {
  id: "next",
  label: "Passphrase of the vault",
  use: "current-password",
  hint: "It opens the backup as well. Asked for again, so that nobody carries the seeds away while you are out.",
};

/** Writes an encrypted copy of the whole vault to a file. */
@customElement("console-vault-backup")
export class ConsoleVaultBackup extends VaultSection {
  /** A vault with a passphrase takes that one for its backups. */
  @property({ attribute: false }) state: VaultState = "new";
  @state() private strength: string | null = null;
  @state() private progress: number | null = null;
  #controller: AbortController | null = null;

  protected override render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">Backup</h2>
      <p>
        One encrypted file with all tokens and who has them. A browser may delete what a page stored: keep a
        copy elsewhere, and its passphrase apart from it.
      </p>
      <form @submit=${this.#export} novalidate>
        ${this.state === "new" ? this.#newPassphrase() : renderPassphraseField(OWN_PASSPHRASE)}
        ${renderShowPassphrase(() => this.renderRoot)} ${this.messages()}
        ${
          this.progress === null
            ? nothing
            : html`<progress aria-label="Writing the backup" max="1" .value=${this.progress}></progress>`
        }
        <div class="actions">
          <button class="primary" type="submit" aria-disabled=${this.waits}>Make a backup</button>
          ${
            this.busy === ""
              ? nothing
              : html`<button type="button" @click=${() => this.#controller?.abort()}>Cancel</button>`
          }
        </div>
      </form>
      <details>
        <summary>Restore a backup</summary>
        <console-restore .service=${this.service}></console-restore>
      </details>
    </section>`;
  }

  #newPassphrase() {
    return html`${renderPassphraseField({
      id: "next",
      label: "Passphrase for the backup",
      use: "new-password",
      hint: this.strength ?? "At least 8 characters; 15 or more are better.",
      onInput: this.#judge,
    })}
    ${renderPassphraseField({ id: "again", label: "Passphrase for the backup again", use: "new-password" })}`;
  }

  #judge = (event: InputEvent) => {
    this.strength = strengthText((event.currentTarget as HTMLInputElement).value);
  };

  #export = async (event: SubmitEvent) => {
    event.preventDefault();
    const [next = "", again = ""] = takePassphrases(this.renderRoot, ["next", "again"]);
    this.strength = null;
    if (this.state === "new" && next !== again) {
      this.problem = "The two passphrases differ. Enter the same one twice.";
      this.renderRoot.querySelector<HTMLElement>("#next")?.focus();
      return;
    }
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    await this.work("Writing the backup, and reading it back…", async (service) => {
      const onProgress = (done: number, total: number) => (this.progress = total === 0 ? 0 : done / total);
      try {
        const file = await service.exportBackup(next, { signal, onProgress });
        const day = new Date().toISOString().slice(0, 10);
        download(`oath-bridge-${day}.oathbackup`, file.type, file);
      } catch (error) {
        if (signal.aborted) return "Cancelled. Nothing was written.";
        throw error;
      }
      return "The backup was written and read back. Keep it in a safe place.";
    });
    this.progress = null;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-vault-backup": ConsoleVaultBackup;
  }
}
