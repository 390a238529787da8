import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import type { VaultState } from "../mfa/vault-contract.ts";
import type { ConsoleMemory } from "./console-memory.ts";
import "./credentials/credentials.ts";
import "./outbox/mailbox.ts";
import { OUTBOX_TEXTS } from "./outbox/outbox-texts.ts";
import { allowedRoutes, hashOf, type RouteName, ROUTES } from "./router.ts";
import type { SignedIn } from "./session.ts";
import { usbTokensPage } from "./usb-tokens-page.ts";
import { PAGE_TEXTS } from "./page-texts.ts";
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

/** What the pages need. */
export interface PageContext {
  readonly signedIn: SignedIn;
  readonly memory: ConsoleMemory;
  readonly service: LocalMfaService;
  readonly vaultState: VaultState;
}

/** The page of a route. */
export function routePage(route: RouteName, context: PageContext): TemplateResult {
  if (route === "security-credentials") {
    return html`<console-credentials
      .memory=${context.memory}
      .signedIn=${context.signedIn}
    ></console-credentials>`;
  }
  if (route === "outbox") return outboxPage(context.memory);
  if (route === "token-inventory") return inventoryPage();
  if (route === "usb-tokens") return usbTokensPage();
  if (route === "vault") return vaultPage(context.service, context.vaultState);
  return homePage(context.signedIn);
}

/** Where a signed-in person lands. */
function homePage(signedIn: SignedIn): TemplateResult {
  const pages = allowedRoutes(["security-credentials", "token-inventory", "usb-tokens", "vault"], signedIn);
  return html`
    <h1 tabindex="-1">${PAGE_TEXTS.welcome}</h1>
    <p class="lead">${PAGE_TEXTS.homeLead}</p>
    <ul class="tiles">
      ${pages.map(
        (name) =>
          html`<li class="card tile">
            <h2><a href=${hashOf(name)}>${ROUTES[name].title}</a></h2>
            <p>${PAGE_TEXTS.tile[name]}</p>
          </li>`,
      )}
    </ul>
  `;
}

/** What the demo would have sent. */
function outboxPage(memory: ConsoleMemory): TemplateResult {
  return html`
    <h1 tabindex="-1">${OUTBOX_TEXTS.title}</h1>
    <p class="lead">${OUTBOX_TEXTS.lead}</p>
    <console-mailbox is-page .outbox=${memory.outbox}></console-mailbox>
  `;
}

/** The browser is asked to keep what is stored after an import. */
function storageMayBeKeptNow(event: Event): void {
  const page = (event.currentTarget as HTMLElement).parentElement?.parentElement;
  void page?.querySelector("console-storage-note")?.refresh();
}

/** The tokens known, and where new ones come in. */
function inventoryPage(): TemplateResult {
  return html`
    <h1 tabindex="-1">Token inventory</h1>
    <p class="lead">A token can be assigned when its seed is here. Seeds stay in this browser.</p>
    <console-storage-note></console-storage-note>
    <div class="card"><oath-inventory @oath-imported=${storageMayBeKeptNow}></oath-inventory></div>
  `;
}

/** Who can open the vault, and how it comes back when it is lost. */
function vaultPage(service: LocalMfaService, state: VaultState): TemplateResult {
  return html`
    <h1 tabindex="-1">Vault</h1>
    <p class="lead">The seeds of all tokens lie here, sealed, in this browser.</p>
    <console-vault-passphrase .service=${service} .state=${state}></console-vault-passphrase>
    ${state === "new" ? nothing : html`<console-vault-passkeys .service=${service}></console-vault-passkeys>`}
    <console-vault-backup .service=${service} .state=${state}></console-vault-backup>
    <console-vault-audit .service=${service}></console-vault-audit>
  `;
}
