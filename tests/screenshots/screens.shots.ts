import { type Page, test } from "@playwright/test";
import { ConsolePage, stepNow, tokenCode } from "../e2e/console-page.ts";

/** One of a box is here already, one is damaged; and a table that nobody knows. */
const BOX = `upn,serial number,secret key,time interval,manufacturer,model
,OBDT10000024,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One
,SHOT00000001,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,30,Acme,One
,SHOT00000002,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX8,30,Acme,One
`;
const TABLE = `Geraet;Bemerkung;Geheim
SHOT00000011;keine;3132333435363738393031323334353637383930
`;

const PASSPHRASE = "correct horse battery";

/** The vault's page without and with a passphrase, and the page that asks for it. */
async function vaultShots(page: Page, shot: (name: string) => Promise<unknown>): Promise<void> {
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await page.getByRole("link", { name: "Vault" }).first().click();
  await page.getByText("This is a demo vault").waitFor();
  await shot("26-vault-demo");
  await page.getByLabel("New passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("New passphrase again").fill(PASSPHRASE);
  await button("Set the passphrase").click();
  await button("Lock now").waitFor();
  await page.getByText("Restore a backup").click();
  await button("Refresh").click();
  await page.getByRole("cell", { name: "Set the passphrase" }).waitFor();
  await shot("27-vault");
  await button("Lock now").click();
  await page.getByRole("heading", { name: "The vault is locked" }).waitFor();
  await page.getByText("I do not know the passphrase").click();
  await shot("28-locked");
}

async function importShots(page: Page, shot: (name: string) => Promise<unknown>): Promise<void> {
  const choose = (name: string, content: string | Buffer) =>
    page
      .locator("oath-inventory input[type=file]")
      .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  await choose("table.csv", TABLE);
  await button("Continue").click();
  await shot("21-import-columns");
  await button("Cancel").click();
  await choose("box.csv", BOX);
  await button("Import 1 token").waitFor();
  await shot("22-import-preview");
  await button("Import 1 token").click();
  await button("Undo import").waitFor();
  await shot("23-import-report");
  await page.getByLabel("Select SHOT00000001").check();
  await button("Export…").click();
  await page.getByLabel("Password for the file").fill("correct horse");
  await page.getByLabel("Repeat the password").fill("correct horse");
  await shot("24-export");
  const saved = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Export" }).click();
  const stream = await (await saved).createReadStream();
  await choose("box.pskc.xml", Buffer.concat(await stream.toArray()));
  await page.getByLabel("Password of the file").fill("wrong");
  await button("Continue").click();
  await page
    .getByText(/does not open the file/u)
    .first()
    .waitFor();
  await shot("25-import-password");
  await button("Cancel").click();
  await button("Undo import").click();
  await shot("26-undo");
  await page.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("heading", { name: "Import undone" }).waitFor();
  await shot("27-undone");
}

test("every screen", async ({ page }, { project }) => {
  const app = new ConsolePage(page);
  const shot = (name: string) =>
    page.screenshot({ path: `test-results/screenshots/${name}-${project.name}.png`, fullPage: true });
  // On a phone the virtual token is a sheet over the page: it gets a picture of its own.
  const isPhone = (page.viewportSize()?.width ?? 0) < 1024;

  await app.open();
  await shot("01-sign-in");
  await app.givePassword();
  await app.expectSignedIn();
  await shot("02-home");
  await app.openCredentials();
  await shot("03-no-device");
  await app.button("Assign MFA device").first().click();
  await app.field("Device name").fill("office fob!");
  await app.button("Next").click();
  await shot("04-name-refused");
  await app.field("Device name").fill("office-fob");
  await app.button("Next").click();
  await shot("05-wizard-codes");
  await app.field("Serial number").fill("OBDT99999999");
  const step = stepNow();
  await app.typeCodes(tokenCode(step - 2), tokenCode(step - 2));
  await shot("06-same-code-twice");
  await app.field("MFA code 2").fill(tokenCode(step - 1));
  await app.button("Add MFA").click();
  await page.getByText("We do not know this number").first().waitFor();
  await shot("07-unknown-serial");
  await app.button("Cancel").click();
  await app.enrol();
  await shot("08-added");
  await app.button("Done").click();
  await shot("09-devices");
  await page.getByRole("radio", { name: /office-fob/u }).check();
  await app.button("Resync").click();
  await shot("10-resync");
  await app.button("Cancel").click();
  await app.button("Remove").click();
  await page.getByRole("dialog").waitFor();
  await shot("11-remove");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Token inventory" }).first().click();
  await page.getByText("OBDT10000024").first().waitFor();
  await shot("12-inventory");
  await importShots(page, shot);
  await page.getByRole("link", { name: "USB tokens" }).first().click();
  await page.getByRole("heading", { name: "USB token", exact: true }).waitFor();
  await shot("16-usb-none");
  const isHidden = isPhone && !(await page.getByRole("button", { name: "Plug in", exact: true }).isVisible());
  const panel = page.getByRole("button", { name: /virtual token/iu }).first();
  if (isHidden) await panel.click();
  await app.button("Plug in").click();
  if (isHidden) await shot("17-usb-panel");
  if (isHidden) await panel.click();
  await page.getByText("ready to be read").or(page.getByText("Connected")).first().waitFor();
  await shot("18-usb-codes");
  await app.openCredentials();
  await app.button("Assign MFA device").first().click();
  await app.field("Device name").fill("usb-key");
  await app.button("Next").click();
  await app.button("Read from token").click();
  await page.getByText("Which account on the token?").first().waitFor();
  await shot("20-wizard-choice");
  await page.getByRole("button", { name: /OBDT10000024$/u }).click();
  await page.locator(".source").first().waitFor();
  await shot("19-wizard-read");
  await app.button("Cancel").click();
  await app.signOut();
  await app.givePassword();
  await app.field("MFA code").waitFor();
  await shot("13-verify");
  await app.typeSignInCode(tokenCode(stepNow() + 6));
  await app.button("Resync").first().waitFor();
  await shot("14-out-of-sync");
  if (isPhone) {
    await page
      .getByRole("button", { name: /virtual token/iu })
      .first()
      .click();
    await page.getByRole("button", { name: "Press the token's button" }).click();
    await shot("15-virtual-token");
  }
});

test("takes the vault's screens", async ({ page }, { project }) => {
  const shot = (name: string) =>
    page.screenshot({ path: `test-results/screenshots/${name}-${project.name}.png`, fullPage: true });
  const app = new ConsolePage(page);
  await app.open();
  await app.givePassword();
  await vaultShots(page, shot);
});
