import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { download } from "../elements/download.ts";
import type { AuditEntry } from "../mfa/index.ts";
import { VaultSection } from "./vault-section.ts";
import { momentText } from "./vault-text.ts";

/** Entries shown at a time. */
const PAGE = 20;

const ACTIONS: Readonly<Record<AuditEntry["action"], string>> = {
  "enable-device": "Assign a token",
  "resync-device": "Resync",
  "deactivate-device": "Remove a device",
  "verify-code": "Sign in",
  "create-vault": "Set the passphrase",
  unlock: "Unlock",
  lock: "Lock",
  "change-passphrase": "Change the passphrase",
  "add-passkey": "Add a passkey",
  "remove-passkey": "Remove a passkey",
  "import-seeds": "Import seeds",
  "undo-import": "Undo an import",
  "export-seeds": "Export seeds",
  "export-backup": "Make a backup",
  "import-backup": "Restore a backup",
  "label-seed": "Label a token",
  "retire-seeds": "Retire tokens",
  "restore-seeds": "Put retired tokens back",
};

/** Who did what to which token, newest first. */
@customElement("console-vault-audit")
export class ConsoleVaultAudit extends VaultSection {
  @state() private entries: readonly AuditEntry[] = [];
  @state() private hasMore = false;

  protected override render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">Audit log</h2>
      <p>
        Who did what to which token, and what came of it: the newest 10 000 entries, in this browser only.
        Codes and passphrases are never written down.
      </p>
      ${
        this.entries.length === 0
          ? html`<p class="muted">Nothing has happened yet.</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="Entries of the audit log">
              <table>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">What</th>
                    <th scope="col">Outcome</th>
                    <th scope="col">Serial number</th>
                    <th scope="col">User</th>
                  </tr>
                </thead>
                <tbody>
                  ${this.entries.map(
                    ({ atMs, action, outcome, serialNumber, userName }) =>
                      html`<tr>
                        <td>${momentText(atMs)}</td>
                        <td>${ACTIONS[action]}</td>
                        <td>${outcome}</td>
                        <td><bdi>${serialNumber ?? ""}</bdi></td>
                        <td><bdi>${userName ?? ""}</bdi></td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
      ${this.messages()}
      <div class="actions">
        <button type="button" aria-disabled=${this.waits} @click=${this.#refresh}>Refresh</button>
        ${
          this.hasMore
            ? html`<button type="button" aria-disabled=${this.waits} @click=${this.#more}>
                Show older ones
              </button>`
            : nothing
        }
        <button type="button" aria-disabled=${this.waits} @click=${this.#download}>Download as CSV</button>
      </div>
    </section>`;
  }

  protected override firstUpdated(): void {
    void this.#refresh();
  }

  #refresh = () => this.#read();
  #more = () => this.#read(this.entries);

  async #read(known: readonly AuditEntry[] = []): Promise<void> {
    await this.work("Reading the log…", async (service) => {
      const last = known.at(-1);
      const read = await service.auditLog({ limit: PAGE, ...(last && { beforeId: last.id }) });
      this.entries = [...known, ...read];
      this.hasMore = read.length === PAGE;
      return "";
    });
  }

  #download = async () => {
    await this.work("Writing the log…", async (service) => {
      const file = await service.exportAuditLog();
      download(`oath-bridge-audit-${new Date().toISOString().slice(0, 10)}.csv`, file.type, file);
      return "The log was written.";
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-vault-audit": ConsoleVaultAudit;
  }
}
