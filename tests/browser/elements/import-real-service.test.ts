import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { mount } from "../../support/elements.ts";
import { chooseFile, expectStep, press } from "../../support/inventory-page.ts";

const PASSWORD = "correct horse";
const SECRETS = ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"];
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,REAL00000001,${SECRETS[0]},30,Acme,One
,REAL00000002,${SECRETS[1]},60,Acme,One
,REAL00000003,,30,Acme,One
`;
/** A table that no format knows, and whose first row is no token: it is refused. */
const TABLE = `Geraet;Bemerkung;Geheim
REAL00000011;keine;3132333435363738393031323334353637383930
REAL00000012;keine;f132333435363738393031323334353637383930
`;

let databaseName: string;
let service: LocalMfaService;

beforeEach(async () => {
  databaseName = `import-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
});

afterEach(async () => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const file = (content: BlobPart, name: string) => new File([content], name);
const serialNumbers = async () => (await service.listSeeds()).map(({ serialNumber }) => serialNumber);

/** Catches the file that a press hands out. */
async function saved(pressed: () => Promise<void>): Promise<Blob> {
  const blobs: Blob[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return "blob:test";
  });
  await pressed();
  await expect.poll(() => blobs.length).toBe(1);
  return blobs[0] ?? new Blob();
}

it("imports, exports, undoes after a reload, and imports the export with its password", async () => {
  await mount("oath-inventory", { service });
  await chooseFile(file(CSV, "tokens.csv"));
  await expectStep("Check before importing: tokens.csv");
  expect(await serialNumbers()).toEqual([]);
  await press("Import 2 tokens");
  await expectStep("2 tokens imported, 1 refused");
  expect(await serialNumbers()).toEqual(["REAL00000001", "REAL00000002"]);

  await page.getByRole("checkbox", { name: /^Select all/u }).click();
  await press("Export…");
  await page.getByLabelText("Password for the file").fill(PASSWORD);
  await page.getByLabelText("Repeat the password").fill(PASSWORD);
  const exported = await saved(() => userEvent.keyboard("{Enter}"));
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();

  const reloaded = await mount("oath-inventory", { service });
  await press("Undo import");
  await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Undo import" }));
  await expectStep("Import undone");
  await expect.element(page.getByText("2 tokens removed")).toBeVisible();
  expect(await serialNumbers()).toEqual([]);

  await chooseFile(file(exported, "tokens.pskc.xml"));
  await expectStep("This file has a password");
  await userEvent.fill(page.getByLabelText("Password of the file", { exact: true }), "wrong");
  await press("Continue");
  await expect.element(page.getByText(/does not open the file/u)).toBeVisible();
  await userEvent.fill(page.getByLabelText("Password of the file", { exact: true }), PASSWORD);
  await press("Continue");
  await press("Import 2 tokens");
  await expectStep("2 tokens imported");
  expect(await serialNumbers()).toEqual(["REAL00000001", "REAL00000002"]);
  expect(reloaded.shadowRoot?.innerHTML).not.toContain(PASSWORD);
  for (const secret of SECRETS) expect(reloaded.shadowRoot?.innerHTML).not.toContain(secret);
});

it("asks what the columns of an unknown table are, and replaces only what it is told to", async () => {
  await mount("oath-inventory", { service });
  const map = async () => {
    await chooseFile(file(TABLE, "liste.csv"));
    await expectStep("What is in the columns of this file?");
    await userEvent.selectOptions(page.getByLabelText("Column 1"), "Serial number");
    await userEvent.selectOptions(page.getByLabelText("Column 3"), "Secret key");
    await press("Continue");
    await expectStep("Check before importing: liste.csv");
  };
  await map();
  await press("Import 2 tokens");
  await expectStep("2 tokens imported, 1 refused");

  await map();
  await expect.element(page.getByText("There is nothing in this file to import.")).toBeVisible();
  await page.getByLabelText("Replace it by what is in the file").click();
  await press("Import 2 tokens");
  await expectStep("2 tokens imported, 1 refused");
  await press("Undo import");
  await expect.element(page.getByRole("dialog")).toHaveTextContent(/2 tokens that it replaced/u);
  await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Undo import" }));
  await expect.element(page.getByText("2 tokens restored")).toBeVisible();
  expect(await serialNumbers()).toEqual(["REAL00000011", "REAL00000012"]);
});
