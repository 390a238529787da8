import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { isAbortError, OathError } from "../core/errors.ts";
import { renderPassphraseField, takePassphrases } from "./passphrase-field.ts";
import { VaultSection } from "./vault-section.ts";

/**
 * Puts a backup in the place of what is here, after asking.
 * @fires console-vault-changed - it was restored
 */
@customElement("console-restore")
export class ConsoleRestore extends VaultSection {
  @state() private file: File | null = null;
  /** The backup is older than what is here, and the person was told. */
  @state() private isOlder = false;
  @state() private progress: number | null = null;
  #controller: AbortController | null = null;

  protected override render() {
    return html`<form @submit=${this.#restore} novalidate>
      <div class="field">
        <label for="file">Backup file</label>
        <span class="hint" id="file-hint">Ends in .oathbackup</span>
        <input
          id="file"
          type="file"
          accept=".oathbackup,application/octet-stream"
          aria-describedby="file-hint"
          @change=${this.#choose}
        />
      </div>
      ${
        this.file === null
          ? nothing
          : html`${renderPassphraseField({
                id: "backup-passphrase",
                label: "Passphrase of the backup",
                use: "current-password",
                hint: "It becomes the vault's passphrase.",
              })}
              <p>
                Restoring replaces all tokens and devices of this vault. Codes that were used here stay used.
                After restoring on another machine, codes shown until now are refused, and counter tokens need
                a resync.
              </p>
              ${
                this.isOlder
                  ? html`<label class="check"
                      ><input id="older" type="checkbox" /> Restore it although it is older: what was changed
                      since is lost</label
                    >`
                  : nothing
              }`
      }
      ${this.messages()}
      ${this.progress === null ? nothing : html`<progress aria-label="Restoring" max="1" .value=${this.progress}></progress>`}
      <div class="actions">
        <button class="danger" type="submit" aria-disabled=${this.file === null ? "true" : this.waits}>
          Replace with the backup
        </button>
        ${
          this.busy === ""
            ? nothing
            : html`<button type="button" @click=${() => this.#controller?.abort()}>Cancel</button>`
        }
      </div>
    </form>`;
  }

  #choose = (event: Event) => {
    this.file = (event.currentTarget as HTMLInputElement).files?.[0] ?? null;
    this.isOlder = false;
    this.problem = "";
    this.done = "";
  };

  #restore = async (event: SubmitEvent) => {
    event.preventDefault();
    const { file } = this;
    if (file === null) {
      this.problem = "Choose the backup file first.";
      return;
    }
    const allowOlder = this.renderRoot.querySelector<HTMLInputElement>("#older")?.checked ?? false;
    const [passphrase = ""] = takePassphrases(this.renderRoot, ["backup-passphrase"]);
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const isRestored = await this.work("Checking and restoring the backup…", async (service) => {
      const onProgress = (done: number, total: number) => (this.progress = total === 0 ? 0 : done / total);
      try {
        await service.importBackup(file, passphrase, { signal, onProgress, allowOlder });
      } catch (error) {
        if (isAbortError(error)) return "Cancelled. Nothing was changed.";
        if (error instanceof OathError && error.code === "older-than-vault") this.isOlder = true;
        throw error;
      }
      return "The backup was restored. Its passphrase is the vault's now.";
    });
    this.progress = null;
    if (!isRestored || this.done.startsWith("Cancelled")) return;
    const input = this.renderRoot.querySelector<HTMLInputElement>("#file");
    if (input) input.value = "";
    this.file = null;
    this.isOlder = false;
    this.changed();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-restore": ConsoleRestore;
  }
}
