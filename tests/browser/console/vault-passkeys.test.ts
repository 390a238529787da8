import { afterEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import "../../../src/console/vault-passkeys.ts";
import { VaultChangedEvent } from "../../../src/console/vault-section.ts";
import type { LocalMfaService, PasskeySummary } from "../../../src/mfa/index.ts";

afterEach(() => document.body.replaceChildren());

it("lists the passkeys of the vault that is there, also after it was restored", async () => {
  let passkeys: PasskeySummary[] = [{ id: "one", name: "Old key", addedAtMs: 1 }];
  const element = document.createElement("console-vault-passkeys");
  element.service = { passkeys: () => Promise.resolve(passkeys) } as unknown as LocalMfaService;
  const other = document.createElement("div");
  document.body.append(element, other);
  await expect.element(page.getByText("Old key")).toBeVisible();
  passkeys = [];
  other.dispatchEvent(new VaultChangedEvent());
  await expect.element(page.getByText("Old key")).not.toBeInTheDocument();
});
