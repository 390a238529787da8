import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { PasskeySummary } from "../mfa/vault-contract.ts";
import { renderPassphraseField, takePassphrases } from "./passphrase-field.ts";
import { VaultSection } from "./vault-section.ts";
import { momentText } from "./vault-text.ts";

/** Passkeys that open the vault beside its passphrase. */
@customElement("console-vault-passkeys")
export class ConsoleVaultPasskeys extends VaultSection {
  @state() private passkeys: readonly PasskeySummary[] = [];
  @state() private isAdding = false;

  protected override render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">Passkeys</h2>
      <p>
        A passkey of this device or of a security key opens the vault without typing. The passphrase goes on
        working.
      </p>
      ${
        this.passkeys.length === 0
          ? nothing
          : html`<ul class="rows">
              ${this.passkeys.map(
                ({ id, name, addedAtMs }) =>
                  html`<li>
                    <strong><bdi>${name}</bdi></strong> <span>added ${momentText(addedAtMs)}</span>
                    <button type="button" aria-label="Remove ${name}" @click=${() => this.#remove(id, name)}>
                      Remove
                    </button>
                  </li>`,
              )}
            </ul>`
      }
      ${this.isAdding ? this.#form() : html`<div class="actions"><button type="button" @click=${this.#begin}>Add a passkey</button></div>`}
      ${this.messages()}
    </section>`;
  }

  #form() {
    return html`<form @submit=${this.#add} novalidate>
      <div class="field">
        <label for="name">Name of the passkey</label>
        <span class="hint" id="name-hint">Such as the device it is on.</span>
        <input id="name" maxlength="64" autocomplete="off" aria-describedby="name-hint" value="This device" />
      </div>
      ${renderPassphraseField({
        id: "passphrase",
        label: "Passphrase of the vault",
        use: "current-password",
        hint: "Once more, so that nobody adds a key of theirs while you are away.",
      })}
      <div class="actions">
        <button class="primary" type="submit" aria-disabled=${this.waits}>Add the passkey</button>
        <button type="button" @click=${() => (this.isAdding = false)}>Cancel</button>
      </div>
    </form>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A restored vault has others, or none.
    window.addEventListener("console-vault-changed", this.#onChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("console-vault-changed", this.#onChanged);
  }

  protected override firstUpdated(): void {
    void this.#refresh();
  }

  readonly #onChanged = () => void this.#refresh();

  async #refresh(): Promise<void> {
    this.passkeys = (await this.service?.passkeys().catch(() => [])) ?? [];
  }

  #begin = async () => {
    this.isAdding = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#name")?.focus();
  };

  #add = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = this.renderRoot.querySelector<HTMLInputElement>("#name")?.value.trim() || "Passkey";
    const [passphrase = ""] = takePassphrases(this.renderRoot, ["passphrase"]);
    const isAdded = await this.work("Follow your browser's dialogue…", async (service) => {
      await service.addPasskey(name, passphrase);
      return `${name} opens the vault now.`;
    });
    if (isAdded) this.isAdding = false;
    await this.#refresh();
  };

  async #remove(id: string, name: string): Promise<void> {
    await this.work("Removing…", async (service) => {
      await service.removePasskey(id);
      return `${name} opens the vault no more. Your device may still list it; delete it there, too.`;
    });
    await this.#refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "console-vault-passkeys": ConsoleVaultPasskeys;
  }
}
