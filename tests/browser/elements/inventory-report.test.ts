import { afterEach, expect, it, vi } from "vitest";
import { page } from "vitest/browser";
import "../../../src/define.ts";
import type { ImportReport } from "../../../src/mfa/local-contract.ts";
import { importFile, mountInventory } from "../../support/inventory-page.ts";
import { ScriptedInventory } from "../../support/scripted-inventory.ts";

const COUNT = 50_000;
const BAD: ImportReport = {
  importId: "import-1",
  format: "csv-entra",
  imported: 0,
  skipped: Array.from({ length: COUNT }, (_, index) => ({
    row: index + 2,
    serialNumber: `OBDT${index}`,
    code: "bad-secret" as const,
    message: "The secret is no base32. Compare the row with the original file.",
  })),
  skippedCount: COUNT,
  duplicates: Array.from({ length: 101 }, (_, index) => ({
    serialNumber: `KNOWN${index}`,
    outcome: "kept" as const,
  })),
  duplicateCount: 101,
};

async function importAll(report: ImportReport): Promise<ShadowRoot | null> {
  const inventory = new ScriptedInventory();
  inventory.onImport = () => Promise.resolve(report);
  const element = await mountInventory(inventory);
  await importFile();
  await expect.element(page.getByRole("heading", { name: /imported/u })).toBeVisible();
  return element.shadowRoot;
}

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

it("shows the first hundred of many rows, and says how many more there are", async () => {
  const root = await importAll(BAD);

  expect(root?.querySelectorAll(".scroll tbody tr")).toHaveLength(100);
  await expect.element(page.getByText("50,000 rows were refused", { exact: true })).toBeVisible();
  await expect.element(page.getByText("49,900 more are not listed here.")).toBeVisible();
  expect(root?.querySelectorAll(".duplicates li")).toHaveLength(100);
  await page.getByText("101 tokens were here already", { exact: true }).click();
  await expect.element(page.getByText("One more is not listed here.")).toBeVisible();
});

it("hands out the whole report as a file", async () => {
  await importAll(BAD);
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((object) => {
    blobs.push(object as Blob);
    return "blob:test";
  });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });

  await page.getByRole("button", { name: "Download the report" }).click();

  expect(names).toEqual(["import-report.csv"]);
  expect(blobs[0]?.type).toBe("text/csv");
  const lines = (await blobs[0]?.text())?.trimEnd().split("\r\n") ?? [];
  expect(lines).toHaveLength(1 + COUNT + 101);
  expect(lines[1]).toBe(
    "2,OBDT0,bad-secret,The secret is no base32. Compare the row with the original file.",
  );
  expect(lines.at(-1)).toBe(",KNOWN100,kept,kept as it was");
});

it("offers no report where there is nothing to tell", async () => {
  await importAll({
    ...BAD,
    imported: 3,
    skipped: [],
    skippedCount: 0,
    duplicates: [],
    duplicateCount: 0,
  });

  expect(page.getByRole("button", { name: "Download the report" }).elements()).toHaveLength(0);
});
