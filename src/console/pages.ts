import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import type { VaultState } from "../mfa/vault-contract.ts";
import { hashOf } from "./router.ts";
import "./vault-audit.ts";
import "./vault-backup.ts";
import "./vault-passkeys.ts";
import "./vault-passphrase.ts";
import "./storage-note.ts";

/** All there is where the console cannot work: no button that would do nothing. */
export function impossiblePage(problem: string): TemplateResult {
  return html`<main class="starting">
    <h1 tabindex="-1">The console cannot work here</h1>
    <div role="alert">${renderAlert("error", problem)}</div>
  </main>`;
}

/** Where a signed-in person lands. */
export function homePage(): TemplateResult {
  return html`
    <h1 tabindex="-1">Welcome back</h1>
    <p class="lead">
      Assign a hardware token to the root user, let its clock drift, and bring it back in step.
    </p>
    <ul class="tiles">
      <li class="card tile">
        <h2><a href=${hashOf("security-credentials")}>Security credentials</a></h2>
        <p>
          Assign an MFA device by its serial number and two codes in a row. Resync or remove it here as well.
        </p>
      </li>
      <li class="card tile">
        <h2><a href=${hashOf("token-inventory")}>Token inventory</a></h2>
        <p>The tokens this console knows. Import the seed file that came with a box of tokens.</p>
      </li>
      <li class="card tile">
        <h2><a href=${hashOf("usb-tokens")}>USB tokens</a></h2>
        <p>Read codes from a token that is plugged in, or from a virtual one of this demo.</p>
      </li>
      <li class="card tile">
        <h2><a href=${hashOf("vault")}>Vault</a></h2>
        <p>Its passphrase, passkeys and backup: who can get at the seeds, and how they come back.</p>
      </li>
    </ul>
  `;
}

/** The root user's MFA devices. */
export function credentialsPage(userName: string): TemplateResult {
  return html`
    <h1 tabindex="-1">Security credentials</h1>
    <p class="lead">
      Root user <strong><bdi>${userName}</bdi></strong>
    </p>
    <oath-devices user-name=${userName}></oath-devices>
    <p class="aside">
      No token at hand? The virtual token shows its serial number when you turn it over, and a code when you
      press its button.
    </p>
  `;
}

/** The browser is asked to keep what is stored after an import. */
function storageMayBeKeptNow(event: Event): void {
  const page = (event.currentTarget as HTMLElement).parentElement?.parentElement;
  void page?.querySelector("console-storage-note")?.refresh();
}

/** The tokens known, and where new ones come in. */
export function inventoryPage(): TemplateResult {
  return html`
    <h1 tabindex="-1">Token inventory</h1>
    <p class="lead">A token can be assigned when its seed is here. Seeds stay in this browser.</p>
    <console-storage-note></console-storage-note>
    <div class="card"><oath-inventory @oath-imported=${storageMayBeKeptNow}></oath-inventory></div>
  `;
}

/** Who can open the vault, and how it comes back when it is lost. */
export function vaultPage(service: LocalMfaService, state: VaultState): TemplateResult {
  return html`
    <h1 tabindex="-1">Vault</h1>
    <p class="lead">The seeds of all tokens lie here, sealed, in this browser.</p>
    <console-vault-passphrase .service=${service} .state=${state}></console-vault-passphrase>
    ${state === "new" ? nothing : html`<console-vault-passkeys .service=${service}></console-vault-passkeys>`}
    <console-vault-backup .service=${service} .state=${state}></console-vault-backup>
    <console-vault-audit .service=${service}></console-vault-audit>
  `;
}
