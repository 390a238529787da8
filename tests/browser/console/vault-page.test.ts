import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import type { ConsoleApp } from "../../../src/console/app.ts";
import type { DemoService } from "../../../src/console/demo-service.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";
import "../../../src/define.ts";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { sampleInventoryCsv } from "../../../src/virtual/sample-inventory.ts";

const PASSPHRASE = "correct horse battery";

let app: ConsoleApp;
let service: LocalMfaService;
let databaseName: string;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (name: string) => page.getByRole("heading", { name, exact: true });
const field = (name: string) => page.getByLabelText(name, { exact: true });

const startService = async (): Promise<DemoService> => {
  service = await createLocalMfaService({ databaseName });
  const [known] = await service.listSeeds({ limit: 1 });
  if (!known) await service.importSeeds(sampleInventoryCsv());
  return { service, imported: 12 };
};
/** The page below the lock screen has fields of that name as well. */
const passphraseField = () =>
  page.getByRole("region", { name: "The vault is locked" }).getByLabelText("Passphrase of the vault");

async function place(): Promise<void> {
  app = document.createElement("console-app");
  app.desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
  app.start = startService;
  document.body.append(app);
}

async function openVaultPage(): Promise<void> {
  await place();
  await button("Fill in for the root user").click();
  await button("Next").click();
  await button("Sign in").click();
  await page.getByRole("navigation").getByRole("link", { name: "Vault" }).click();
  await expect.element(page.getByRole("heading", { name: "Vault", level: 1 })).toBeVisible();
}

async function expectNoViolations(): Promise<void> {
  // Mixed colours, as under the pointer, are beyond the judge.
  await userEvent.unhover(page.getByRole("heading", { level: 1 }));
  expect((await axe.run(app)).violations).toEqual([]);
}

async function setPassphrase(): Promise<void> {
  await field("New passphrase").fill(PASSPHRASE);
  await field("New passphrase again").fill(PASSPHRASE);
  await button("Set the passphrase").click();
  await expect.element(button("Lock now")).toBeVisible();
}

beforeEach(async () => {
  await page.viewport(1280, 900);
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "#");
  databaseName = `vault-page-${crypto.randomUUID()}`;
});

afterEach(async () => {
  document.body.replaceChildren();
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

describe("the vault's page", () => {
  it("says that it is a demo vault, and puts it under a passphrase", async () => {
    await openVaultPage();
    await expect.element(page.getByText(/This is a demo vault/u)).toBeVisible();
    await expectNoViolations();
    await field("New passphrase").fill("short");
    await expect.element(page.getByText("Too short: 3 more.")).toBeVisible();
    await field("New passphrase").fill(PASSPHRASE);
    await expect.element(page.getByText("Strong.")).toBeVisible();
    await field("New passphrase again").fill("another one");
    await button("Set the passphrase").click();
    await expect.element(page.getByText(/^The two new passphrases differ/u)).toBeVisible();
    expect(await service.vaultState()).toBe("new");
    await setPassphrase();
    expect(await service.vaultState()).toBe("unlocked");
    await expect.element(heading("Passkeys")).toBeVisible();
    await expectNoViolations();
    expect(app.shadowRoot?.textContent).not.toContain("so import no real seeds");
  });

  it("refuses a weak passphrase in words, and keeps nothing that was typed", async () => {
    await openVaultPage();
    await field("New passphrase").fill("short");
    await field("New passphrase again").fill("short");
    await button("Set the passphrase").click();
    await expect.element(page.getByRole("alert").getByText(/8 characters/u)).toBeVisible();
    await expect.element(field("New passphrase")).toHaveValue("");
  });

  it("locks, tells a wrong passphrase, and opens again at the page it was", async () => {
    await openVaultPage();
    await setPassphrase();
    await button("Lock now").click();
    await expect.element(heading("The vault is locked")).toBeVisible();
    const passphrase = passphraseField().element();
    await expect.poll(() => (passphrase.getRootNode() as ShadowRoot).activeElement).toBe(passphrase);
    await expectNoViolations();
    await passphraseField().fill("wrong horse battery");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/^That passphrase did not open the vault/u)).toBeVisible();
    await passphraseField().fill(PASSPHRASE);
    await button("Unlock").click();
    await expect.element(button("Lock now")).toBeVisible();
  });

  it("S16 asks for the passphrase when another tab locked it, and after a reload", async () => {
    await openVaultPage();
    await setPassphrase();
    const other = await createLocalMfaService({ databaseName });
    await other.lock();
    await expect.element(heading("The vault is locked"), { timeout: 10_000 }).toBeVisible();
    await other.close();
    app.remove();
    await service.close();
    await place();
    await expect.element(heading("The vault is locked")).toBeVisible();
  });

  it("changes the passphrase", async () => {
    await openVaultPage();
    await setPassphrase();
    await button("Change the passphrase").click();
    await field("Passphrase as it is").fill(PASSPHRASE);
    await field("New passphrase").fill("staple staple staple");
    await field("New passphrase again").fill("staple staple staple");
    await button("Change it").click();
    await expect.element(page.getByText("The passphrase was changed.")).toBeVisible();
    await service.lock();
    await service.unlock("staple staple staple");
  });
});

describe("the audit log in the console", () => {
  it("lists what was done, newest first", async () => {
    await openVaultPage();
    await setPassphrase();
    const log = page.getByRole("region", { name: "Audit log", exact: true });
    await log.getByRole("button", { name: "Refresh" }).click();
    await expect.element(log.getByRole("row", { name: /Set the passphrase done/u })).toBeVisible();
    await expect.element(log.getByRole("row", { name: /Import seeds done/u })).toBeVisible();
    await expectNoViolations();
  });
});

describe("a backup in the console", () => {
  it("S13 is written, and restored after asking", async () => {
    await openVaultPage();
    const written = new Promise<Blob>((resolve) => {
      const createObjectURL = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        resolve(blob as Blob);
        URL.createObjectURL = createObjectURL;
        return createObjectURL(blob);
      };
    });
    await field("Passphrase for the backup").fill(PASSPHRASE);
    await field("Passphrase for the backup again").fill(PASSPHRASE);
    await button("Make a backup").click();
    await expect.element(page.getByText(/^The backup was written and read back/u)).toBeVisible();
    const file = new File([await written], "vault.oathbackup");

    await page.getByText("Restore a backup").click();
    await userEvent.upload(field("Backup file"), file);
    await field("Passphrase of the backup").fill("wrong horse battery");
    await button("Replace with the backup").click();
    await expect.element(page.getByRole("alert").getByText(/passphrase/u)).toBeVisible();
    await expectNoViolations();
    await field("Passphrase of the backup").fill(PASSPHRASE);
    await button("Replace with the backup").click();
    await expect.element(button("Lock now")).toBeVisible();
    expect(await service.vaultState()).toBe("unlocked");
    expect(await service.listSeeds()).toHaveLength(12);

    // From now on the vault's own passphrase is asked for.
    await page
      .getByRole("region", { name: "Backup" })
      .getByLabelText("Passphrase of the vault")
      .fill("no such one");
    await button("Make a backup").click();
    await expect.element(page.getByRole("alert").getByText(/^That passphrase did not open/u)).toBeVisible();
  });
});
