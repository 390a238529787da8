import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathInventory } from "../../../src/elements/oath-inventory.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import type { LongCallOptions } from "../../../src/mfa/vault-contract.ts";
import { SeedExportError } from "../../../src/seeds/pskc-export/errors.ts";
import { announced, deepActiveElement, focusedLabel } from "../../support/elements.ts";
import { mountInventory, press } from "../../support/inventory-page.ts";
import {
  failWith,
  gate,
  inTurn,
  ScriptedInventory,
  summary,
  untilAborted,
} from "../../support/scripted-inventory.ts";

const PASSWORD = "long-enough-Ü";

let inventory: ScriptedInventory;
let element: OathInventory;
let saved: string[];

beforeEach(async () => {
  inventory = new ScriptedInventory();
  inventory.seeds = [summary(1), summary(2, true), summary(3)];
  element = await mountInventory(inventory);
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

const dialog = () => page.getByRole("dialog");
const pick = (name: string) => page.getByRole("checkbox", { name, exact: true }).click();
const field = (label: string) => dialog().getByLabelText(label, { exact: true });

async function askFor(password: string, repeated = password): Promise<void> {
  await field("Password for the file").fill(password);
  await field("Repeat the password").fill(repeated);
  await userEvent.keyboard("{Enter}");
}

it("asks for a selection first", async () => {
  await press("Export…");
  await expect
    .element(page.getByRole("button", { name: "Export…" }))
    .toHaveAccessibleDescription(/Select tokens in the list first/u);
  expect(announced(element).assertive).toMatch(/Select tokens/u);
  expect(dialog().elements()).toEqual([]);
});

it("selects one by one, all that are shown, and keeps the selection while searching", async () => {
  const all = page.getByRole("checkbox", { name: /^Select (?:all|it)/u });
  await pick("Select OBDT2");
  await expect.element(page.getByText("1 token selected")).toBeVisible();
  await expect.element(all).toBePartiallyChecked();
  await all.click();
  await expect.element(page.getByText("3 tokens selected")).toBeVisible();
  await expect.element(all).toBeChecked();
  await all.click();
  expect(page.getByText(/selected$/u).elements()).toEqual([]);

  await page.getByLabelText("Search tokens").fill("obdt3");
  await expect.element(page.getByText("1 token", { exact: true })).toBeInTheDocument();
  await all.click();
  await page.getByLabelText("Search tokens").fill("");
  await expect.element(page.getByRole("checkbox", { name: "Select OBDT3" })).toBeChecked();
  await expect.element(page.getByRole("checkbox", { name: "Select OBDT1" })).not.toBeChecked();
  await press("Clear selection");
  await expect.element(page.getByRole("checkbox", { name: "Select OBDT3" })).not.toBeChecked();
});

it("makes a file of the chosen tokens, by keyboard alone", async () => {
  const asked: unknown[] = [];
  inventory.onExport = (serialNumbers, password) => {
    asked.push(serialNumbers, password);
    return Promise.resolve(new Blob(["<KeyContainer/>"]));
  };
  const files: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    files.push(blob as Blob);
    return "blob:test";
  });
  page
    .getByRole("checkbox", { name: /^Select (?:all|it)/u })
    .element()
    .focus();
  await userEvent.keyboard(" ");
  page.getByRole("button", { name: "Export…" }).element().focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("dialog", { name: "Export 3 tokens" })).toBeVisible();
  await expect.element(dialog()).toHaveTextContent(/holds the keys of these tokens/u);
  await userEvent.tab();
  expect(focusedLabel()).toBe("Password for the file");
  await userEvent.keyboard(`${PASSWORD}{Tab}${PASSWORD}{Enter}`);

  await expect.element(dialog()).not.toBeInTheDocument();
  expect(asked).toEqual([["OBDT1", "OBDT2", "OBDT3"], PASSWORD]);
  expect(saved).toEqual(["tokens.pskc.xml"]);
  expect(await files[0]?.text()).toBe("<KeyContainer/>");
  expect(announced(element).polite).toBe("3 tokens exported.");
  expect(deepActiveElement()?.textContent?.trim()).toBe("Export…");
  expect(element.shadowRoot?.querySelectorAll("input[type=password]")).toHaveLength(0);
});

it.each([
  ["", "", "Password for the file", /Choose a password/u],
  ["short", "short", "Password for the file", /at least 8 characters/iu],
  [PASSWORD, "other-than-that", "Repeat the password", /differ/u],
])("says at the field what is wrong with %j and %j", async (password, repeated, label, words) => {
  await pick("Select OBDT1");
  await press("Export…");
  await askFor(password, repeated);
  await expect.element(field(label)).toHaveAccessibleDescription(words);
  await expect.poll(focusedLabel).toBe(label);
  expect(saved).toEqual([]);
});

it("says in place what the service refuses, and can be tried again", async () => {
  inventory.onExport = inTurn<Blob>(
    failWith(new SeedExportError("weak-password", "The password is too easy. Choose a longer one.")),
    failWith(new SeedExportError("unsupported-seed", "OBDT1 cannot be written as PSKC.")),
    failWith(new MfaError("vault-locked", "locked")),
    () => Promise.resolve(new Blob(["x"])),
  );
  await pick("Select OBDT1");
  await press("Export…");
  await askFor(PASSWORD);
  await expect.element(field("Password for the file")).toHaveAccessibleDescription(/too easy/u);
  for (const words of [/OBDT1 cannot be written/u, /vault is locked/u]) {
    await userEvent.click(dialog().getByRole("button", { name: "Export" }));
    await expect.element(dialog().getByRole("alert")).toHaveTextContent(words);
  }
  await userEvent.click(dialog().getByRole("button", { name: "Export" }));
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(saved).toEqual(["tokens.pskc.xml"]);
});

it("shows how far it is, and makes no file when it is stopped", async () => {
  const started = gate<LongCallOptions>();
  inventory.onExport = (_, __, options) => {
    started.open(options);
    return untilAborted(options);
  };
  await pick("Select OBDT1");
  await press("Export…");
  await askFor(PASSWORD);
  const options = await started.promise;
  options.onProgress?.(1, 4);
  await expect
    .element(dialog().getByRole("progressbar", { name: "Exporting…" }))
    .toHaveAttribute("value", "1");
  await userEvent.click(dialog().getByRole("button", { name: "Cancel" }));
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(options.signal?.aborted).toBe(true);
  await expect.poll(() => announced(element).polite).toBe("Export stopped. No file was made.");
  expect(saved).toEqual([]);
  expect(element.shadowRoot?.querySelectorAll("input[type=password]")).toHaveLength(0);
});
