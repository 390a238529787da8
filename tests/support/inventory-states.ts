import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import { driftHistoryOf } from "../../src/mfa/drift-history.ts";
import { MfaError } from "../../src/mfa/errors.ts";
import type { ReadSeedFileOptions } from "../../src/seeds/report.ts";
import { chooseFile, expectStep, importFile, mountInventory, press } from "./inventory-page.ts";
import { failWith, fileError, PREVIEW, REPORT, ScriptedInventory, summary } from "./scripted-inventory.ts";

async function asking(error: Error): Promise<ScriptedInventory> {
  const inventory = new ScriptedInventory();
  inventory.onPreview = failWith(error);
  await mountInventory(inventory);
  await chooseFile();
  return inventory;
}

/** A call that tells how far it is, and goes no further. */
function halfWay({ onProgress }: Pick<ReadSeedFileOptions, "onProgress">): Promise<never> {
  onProgress?.(1240, 4000);
  return new Promise(() => {});
}

/** Codes of half a year, of a clock that loses ten seconds a month. */
function slowClock() {
  return Array.from({ length: 20 }, (_, at) => ({
    atMs: Date.UTC(2026, 4, 1) + at * 9.3 * 86_400_000,
    driftSteps: -Math.floor((at * 9.3 * 86_400 * 4e-6 + 15) / 30),
  }));
}

const keyError = (needs: "key" | "password") => fileError("key-required", "It is encrypted.", { needs });

async function imported(): Promise<ScriptedInventory> {
  const inventory = new ScriptedInventory();
  await mountInventory(inventory);
  await importFile();
  await expectStep(/^2 tokens imported/u);
  return inventory;
}

async function exporting(inventory: ScriptedInventory): Promise<void> {
  await mountInventory(inventory);
  await page.getByRole("checkbox", { name: /^Select all/u }).click();
  await press("Export…");
  await expect.element(page.getByRole("dialog")).toBeVisible();
}

/** The inventory in each step of an import, of an undo and of an export. */
export const INVENTORY_STATES: Record<string, () => Promise<unknown>> = {
  "an inventory": () => mountInventory(new ScriptedInventory()),
  "an inventory with an import to undo": () => {
    const inventory = new ScriptedInventory();
    inventory.last = { importId: "import-1", importedAtMs: Date.UTC(2026, 10, 24, 12), imported: 98 };
    return mountInventory(inventory);
  },
  "a token that nothing is known of": async () => {
    await mountInventory(new ScriptedInventory());
    await press("Details of OBDT1");
    await expect.element(page.getByText(/^No code of this token/u)).toBeVisible();
  },
  "a token with a label and a clock": async () => {
    const inventory = new ScriptedInventory();
    inventory.seeds = [{ ...summary(1, true), label: "Front desk" }];
    inventory.drift = driftHistoryOf({ observations: slowClock(), periodSeconds: 30, t0Seconds: 0 });
    await mountInventory(inventory);
    await press("Details of OBDT1");
    await page.getByText("Show the values as a table").click();
  },
  "the question before a retirement": async () => {
    await mountInventory(new ScriptedInventory());
    await page.getByRole("checkbox", { name: /^Select all/u }).click();
    await press("Retire…");
    await expect.element(page.getByRole("dialog")).toBeVisible();
  },
  "tokens retired, with an undo": async () => {
    const inventory = new ScriptedInventory();
    inventory.onRetire = () => {
      const { assigned: _, ...seed } = summary(1);
      inventory.retired = [
        { ...seed, label: "Drawer", retireId: "retire-1", retiredAtMs: Date.UTC(2026, 10, 24) },
      ];
      return Promise.resolve({ retireId: "retire-1", retired: 1, kept: 1 });
    };
    await mountInventory(inventory);
    await page.getByRole("checkbox", { name: /^Select all/u }).click();
    await press("Retire…");
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Retire" }));
    await page.getByText("Retired tokens (1)").click();
  },
  "a token being identified": async () => {
    await mountInventory(new ScriptedInventory());
    await press("Which token is this?");
    await expect.element(page.getByLabelText("MFA code 1", { exact: true })).toBeVisible();
  },
  "an inventory with several files": async () => {
    const element = await mountInventory(new ScriptedInventory());
    const dataTransfer = new DataTransfer();
    for (const name of ["a.csv", "b.csv"]) dataTransfer.items.add(new File(["x"], name));
    element.shadowRoot?.querySelector(".drop")?.dispatchEvent(new DragEvent("drop", { dataTransfer }));
    await expect.element(page.getByText(/^Those were several/u).first()).toBeVisible();
  },
  "a seed file being read": async () => {
    const inventory = new ScriptedInventory();
    inventory.onPreview = halfWay;
    await mountInventory(inventory);
    await chooseFile();
    await expect.element(page.getByRole("progressbar")).toHaveAttribute("value", "1240");
  },
  "the question for a password": async () => {
    await asking(keyError("password"));
    await expectStep("This file has a password");
  },
  "a wrong key": async () => {
    await asking(keyError("key"));
    await userEvent.fill(page.getByLabelText("Key of the file", { exact: true }), "0011");
    await press("Continue");
    await expect.element(page.getByText(/^That key has 2 bytes/u)).toBeVisible();
  },
  "the question how keys are written": async () => {
    await asking(fileError("ambiguous-encoding", "They may be hex or base32.", { needs: "secretEncoding" }));
    await press("Continue");
    await expect.element(page.getByText(/^Choose one/u)).toBeVisible();
  },
  "the question for the columns": async () => {
    const columnNames = ["Nr", "", "Geheimnis", "Ausgegeben an", "Modell"];
    await asking(fileError("unknown-format", "Unknown.", { needs: "columns", columnCount: 5, columnNames }));
    await press("Continue");
    await expect.element(page.getByText(/^Say which column holds the serial/u)).toBeVisible();
  },
  "a preview": async () => {
    await mountInventory(new ScriptedInventory());
    await chooseFile();
    await expectStep(/^Check before/u);
  },
  "a preview with shortened numbers and an error": async () => {
    const inventory = new ScriptedInventory();
    const short = { row: 9, serialNumber: "123", code: "shortened-serial" as const, message: "It is short." };
    inventory.onPreview = () =>
      Promise.resolve({ ...PREVIEW, skipped: [...PREVIEW.skipped, short], skippedCount: 3 });
    inventory.onImport = failWith(new MfaError("vault-locked", "locked"));
    await mountInventory(inventory);
    await importFile();
    await expect.element(page.getByText(/vault is locked/u).first()).toBeVisible();
  },
  "a preview with nothing new": async () => {
    const inventory = new ScriptedInventory();
    inventory.onPreview = () => Promise.resolve({ ...PREVIEW, tokenCount: 2 });
    await mountInventory(inventory);
    await chooseFile();
    await expect.element(page.getByText(/^There is nothing/u)).toBeVisible();
  },
  "an import that is stopped": async () => {
    const inventory = new ScriptedInventory();
    inventory.onImport = halfWay;
    await mountInventory(inventory);
    await importFile();
    await press("Cancel");
    await expect.element(page.getByText("Stopping…")).toBeVisible();
  },
  "a file that cannot be read": async () => {
    await asking(fileError("not-text", "This is not a text file. Choose a CSV or PSKC file."));
    await expectStep("The file was not imported");
  },
  "an import with a locked vault": async () => {
    await asking(new MfaError("vault-locked", "locked"));
    await expect.element(page.getByRole("button", { name: "Try again" })).toBeVisible();
  },
  "the result of an import": imported,
  "the question before an undo": async () => {
    await imported();
    await press("Undo import");
    await expect.element(page.getByRole("dialog")).toBeVisible();
  },
  "an import undone": async () => {
    const inventory = await imported();
    inventory.onUndo = () => Promise.resolve({ removed: 1, restored: 1, kept: ["OBDT8"] });
    await press("Undo import");
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Undo import" }));
    await expectStep("Import undone");
  },
  "the question for an export's password": async () => {
    const inventory = new ScriptedInventory();
    inventory.seeds.push(summary(3));
    await exporting(inventory);
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Export" }));
    await expect.element(page.getByText("Choose a password.")).toBeVisible();
  },
  "an export under way": async () => {
    const inventory = new ScriptedInventory();
    inventory.onExport = (_, __, options) => halfWay(options);
    await exporting(inventory);
    await page.getByLabelText("Password for the file").fill("long enough");
    await page.getByLabelText("Repeat the password").fill("long enough");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("dialog").getByRole("progressbar")).toBeVisible();
  },
  "the result of a whole import": async () => {
    const inventory = new ScriptedInventory();
    inventory.onImport = () => Promise.resolve({ ...REPORT, skipped: [], skippedCount: 0, imported: 98 });
    await mountInventory(inventory);
    await importFile();
    await expectStep("98 tokens imported");
    await page.getByText("2 tokens were here already", { exact: true }).click();
  },
};
