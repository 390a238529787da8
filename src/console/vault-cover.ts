import { html, type TemplateResult } from "lit";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import "./lock-screen.ts";
import "./stay-unlocked.ts";
import type { VaultGuard } from "./vault-guard.ts";

/** What the vault's state lays over every page: the question before it locks, and the lock screen. */
export function vaultCover(
  guard: VaultGuard,
  service: LocalMfaService | null,
  person: { readonly isSignedIn: boolean; readonly onLeave: () => void },
): TemplateResult {
  // The question first: closed, it gives the focus back to the page, from where the lock screen takes it over.
  return html`
    <console-stay-unlocked
      .service=${service}
      .locksAtMs=${service && guard.locksAtMs}
      .warningMs=${guard.warningMs}
    ></console-stay-unlocked>
    <console-lock-screen
      .service=${service ?? undefined}
      ?locked=${service !== null && guard.state === "locked"}
      ?outdated=${guard.isOutdated}
      ?signed-in=${person.isSignedIn}
      @console-leave=${person.onLeave}
    ></console-lock-screen>
  `;
}
