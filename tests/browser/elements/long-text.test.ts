import { afterAll, afterEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import "../../../src/define.ts";
import type { ImportReport } from "../../../src/mfa/local-contract.ts";
import { mount, settle, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";
import { chooseFile, mountInventory, press } from "../../support/inventory-page.ts";
import { gate, PREVIEW, previewed, ScriptedInventory, summary } from "../../support/scripted-inventory.ts";

/** Turns what follows it from right to left (U+202E), until something ends it. */
const TURN = "\u202E";
const MODEL = `${TURN}${"Modell".repeat(42)}`;
const SERIAL = "S".repeat(256);
const NAME = "n".repeat(64);

afterEach(() => document.body.replaceChildren());
afterAll(() => page.viewport(1280, 720));

const widths = [320, 768, 1280] as const;

function expectToFit(root: ShadowRoot | null, width: number): void {
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  const wide = [...(root?.querySelectorAll("*") ?? [])].filter(
    (element) =>
      element.checkVisibility() &&
      // What is too long for a row is cut at its cell, and stands whole in the details.
      element.closest(".visually-hidden, thead, .scroll > *, .seeds .row > * > *") === null &&
      element.getBoundingClientRect().right > width + 0.5,
  );
  expect(wide.map(({ localName, className }) => `${localName}.${className}`)).toEqual([]);
}

/** The values, as the elements that keep their direction to themselves hold them. */
function isolatedTexts(root: ShadowRoot | null): string[] {
  return [...(root?.querySelectorAll("bdi") ?? [])].map(({ textContent }) => textContent);
}

it.each(widths)("D8 fits an inventory of hostile names into %i pixels", async (width) => {
  await page.viewport(width, 700);
  const inventory = new ScriptedInventory();
  const seed = { ...summary(1), serialNumber: SERIAL, manufacturer: "M".repeat(250), model: MODEL };
  inventory.seeds = [seed, summary(2)];
  const report: ImportReport = {
    importId: "import-1",
    format: "csv-entra",
    imported: 0,
    skipped: [{ row: 2, serialNumber: SERIAL, code: "bad-secret", message: `${TURN}${"x".repeat(300)}` }],
    skippedCount: 1,
    duplicates: [{ serialNumber: `${TURN}${SERIAL}`, outcome: "kept" }],
    duplicateCount: 1,
  };
  const answer = gate<ImportReport>();
  inventory.onImport = () => answer.promise;
  inventory.onPreview = () =>
    Promise.resolve({
      ...PREVIEW,
      firstTokens: [{ ...previewed(1, "free"), serialNumber: SERIAL, model: MODEL }],
      skipped: report.skipped,
    });
  const element = await mountInventory(inventory);
  const fileName = `${TURN}${"f".repeat(240)}.csv`;
  await chooseFile(new File(["x"], fileName));
  await expect.element(page.getByRole("button", { name: /^Import /u })).toBeVisible();
  expectToFit(element.shadowRoot, width);
  await press(/^Import /u);

  await expect.element(page.getByRole("progressbar")).toBeVisible();
  expectToFit(element.shadowRoot, width);
  expect(isolatedTexts(element.shadowRoot)).toEqual(
    expect.arrayContaining([fileName, SERIAL, MODEL, seed.manufacturer]),
  );

  answer.open(report);
  await page.getByText("1 token was here already", { exact: true }).click();
  expectToFit(element.shadowRoot, width);
  expect(isolatedTexts(element.shadowRoot)).toContain(`${TURN}${SERIAL}`);
  const words = document.createRange();
  words.selectNodeContents(page.getByText("TOTP, 6 digits, 30 s").first().element());
  // The other columns stay readable: no cell of short words is squeezed to a letter a line.
  expect(words.getBoundingClientRect().height).toBeLessThan(120);
});

it.each(widths)("fits devices of long names into %i pixels", async (width) => {
  await page.viewport(width, 700);
  const service = new ScriptedMfaService();
  service.devices = [makeDevice({ deviceName: NAME, serialNumber: SERIAL })];
  const element = await mount("oath-devices", { userName: USER, service });
  await settle(element);
  await expect.element(page.getByRole("radio")).toBeVisible();
  expectToFit(element.shadowRoot, width);
  expect(isolatedTexts(element.shadowRoot)).toEqual([NAME, SERIAL]);

  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.element(page.getByRole("dialog")).toBeVisible();
  expectToFit(element.shadowRoot, width);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Resync", exact: true }).click();
  await expect.element(page.getByLabelText("MFA code 1")).toBeVisible();
  const resync = element.shadowRoot?.querySelector("oath-resync")?.shadowRoot ?? null;
  expectToFit(resync, width);
  expect(isolatedTexts(resync)).toEqual([NAME, SERIAL]);
});
