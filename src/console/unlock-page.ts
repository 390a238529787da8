import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import "./backup-restore.ts";
import { renderPassphraseField, renderShowPassphrase, takePassphrases } from "./passphrase-field.ts";
import { VaultSection } from "./vault-section.ts";

/**
 * All there is while the vault is locked: the passphrase, a passkey, and what to do without either.
 * @fires console-vault-changed - it is open
 */
@customElement("console-unlock")
export class ConsoleUnlock extends VaultSection {
  @state() private hasPasskeys = false;

  protected override render() {
    return html`<section class="card" aria-labelledby="title">
      <h1 id="title" tabindex="-1">The vault is locked</h1>
      <p class="muted">
        It locks by itself when nobody uses it, and in all tabs at once. Nothing that you assigned is lost.
      </p>
      <form @submit=${this.#unlock} novalidate>
        ${renderPassphraseField({ id: "passphrase", label: "Passphrase of the vault", use: "current-password" })}
        ${renderShowPassphrase(() => this.renderRoot)} ${this.messages()}
        <div class="actions">
          <button class="primary" type="submit" aria-disabled=${this.waits}>Unlock</button>
          ${
            this.hasPasskeys
              ? html`<button type="button" aria-disabled=${this.waits} @click=${this.#byPasskey}>
                  Use a passkey
                </button>`
              : nothing
          }
        </div>
      </form>
      <details>
        <summary>I do not know the passphrase any more</summary>
        <p>
          Nobody can reset it: the seeds are sealed with it. Restore a backup whose passphrase you know, or
          start over at the foot of the page and import the vendor's seed files again.
        </p>
        <console-restore .service=${this.service}></console-restore>
      </details>
    </section>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>("#passphrase")?.focus();
    void this.#lookForPasskeys();
  }

  async #lookForPasskeys(): Promise<void> {
    const passkeys = await this.service?.passkeys().catch(() => []);
    this.hasPasskeys = (passkeys?.length ?? 0) > 0;
  }

  #unlock = async (event: SubmitEvent) => {
    event.preventDefault();
    const [passphrase = ""] = takePassphrases(this.renderRoot, ["passphrase"]);
    if (passphrase === "") {
      this.problem = "Enter the passphrase of the vault.";
      return;
    }
    await this.#open((service) => service.unlock(passphrase));
  };

  #byPasskey = () => this.#open((service) => service.unlockWithPasskey());

  async #open(how: (service: NonNullable<typeof this.service>) => Promise<void>): Promise<void> {
    const isOpen = await this.work("Opening the vault…", async (service) => {
      await how(service);
      return "The vault is open.";
    });
    if (isOpen) this.changed();
    else this.renderRoot.querySelector<HTMLElement>("#passphrase")?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "console-unlock": ConsoleUnlock;
  }
}
