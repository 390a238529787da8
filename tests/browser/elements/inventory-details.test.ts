import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathInventory } from "../../../src/elements/oath-inventory.ts";
import { driftHistoryOf } from "../../../src/mfa/drift-history.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import { announced, deepActiveElement } from "../../support/elements.ts";
import { mountInventory, press } from "../../support/inventory-page.ts";
import { failWith, ScriptedInventory, summary } from "../../support/scripted-inventory.ts";

let inventory: ScriptedInventory;
let element: OathInventory;
beforeEach(async () => {
  inventory = new ScriptedInventory();
  inventory.seeds = [summary(1), summary(2, true)];
  element = await mountInventory(inventory);
});
afterEach(() => document.body.replaceChildren());

const details = () => page.getByRole("region", { name: "Token OBDT1" });
const focused = () => (deepActiveElement() as HTMLElement).textContent?.trim();

it("opens a token by Enter, and gives the focus back to the list", async () => {
  await expect.element(page.getByRole("row", { name: /OBDT1/u })).toBeInTheDocument();
  (page.getByRole("grid").element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(details()).toBeVisible();
  await expect.poll(focused).toContain("OBDT1");
  await expect.element(details()).toHaveTextContent(/TOTP, 6 digits, 30 s.*SHA-1.*Maker, Fob.*Free/su);
  await userEvent.keyboard("{Tab}{Enter}");
  await expect.element(details()).not.toBeInTheDocument();
  expect(deepActiveElement()?.getAttribute("role")).toBe("grid");
});

it("shows how the clock runs, in a sentence, a drawing and a table", async () => {
  const startMs = Date.now() - 200 * 86_400_000;
  const observations = Array.from({ length: 20 }, (_, at) => ({
    atMs: startMs + at * 10 * 86_400_000,
    driftSteps: -Math.floor((at * 10 * 86_400 * 8e-6 + 15) / 30),
  }));
  inventory.drift = driftHistoryOf({ observations, periodSeconds: 30, t0Seconds: 0 });
  await press("Details of OBDT1");
  await expect.element(page.getByText(/behind and loses about \d+ s a month\. In a year/u)).toBeVisible();
  const plot = page.getByRole("img", { name: /^Seconds that the token's clock/u });
  await expect.element(plot).toBeVisible();
  expect(plot.element().outerHTML.length).toBeLessThan(4096);
  await page.getByText("Show the values as a table").click();
  expect(details().getByRole("row").elements()).toHaveLength(21);
});

it("says why the clock is not shown", async () => {
  inventory.driftHistory = failWith(new MfaError("vault-locked", "locked"));
  await press("Details of OBDT1");
  await expect.element(details().getByText(/vault is locked/u)).toBeVisible();
});

it("labels a token, and refuses a label that is too long", async () => {
  await press("Details of OBDT1");
  const field = details().getByLabelText("Label", { exact: true });
  await userEvent.fill(field, "x".repeat(65));
  await userEvent.keyboard("{Enter}");
  await expect.element(field).toHaveAccessibleDescription(/too long/u);
  await userEvent.fill(field, " Front desk ");
  await press("Save label");
  await expect.poll(() => announced(element).polite).toBe("Label saved.");
  await expect.element(page.getByRole("row", { name: /OBDT1/u })).toHaveTextContent(/Front desk/u);
  expect(inventory.seeds[0]?.label).toBe("Front desk");
});

it("retires what is selected after a question, and takes it back", async () => {
  const asked: unknown[] = [];
  inventory.onRetire = (choice) => {
    asked.push(choice);
    inventory.seeds = [summary(2, true)];
    return Promise.resolve({ retireId: "r", retired: 1, kept: 1 });
  };
  await press("Retire…");
  await expect
    .element(page.getByRole("button", { name: "Retire…" }))
    .toHaveAccessibleDescription(/Select tokens/u);
  await page.getByRole("checkbox", { name: "Select all 2" }).click();
  await press("Retire…");
  await expect.element(page.getByRole("dialog")).toHaveTextContent(/Retire 2 tokens\?/u);
  expect(asked).toEqual([]);
  // A button that changes something takes no press in its first half second.
  (page.getByRole("dialog").getByRole("button", { name: "Retire" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText("1 token retired. 1 is assigned and stays.")).toBeVisible();
  expect(asked).toEqual([["OBDT1", "OBDT2"]]);
  await expect.element(page.getByRole("row", { name: /OBDT1/u })).not.toBeInTheDocument();
  await press("Undo");
  await expect.element(page.getByText("1 token put back.").first()).toBeVisible();
  expect(inventory.restored).toEqual([{ retireId: "r" }]);
});

it("puts a retired token back later", async () => {
  const { assigned: _, ...seed } = summary(9);
  inventory.retired = [{ ...seed, retireId: "old", retiredAtMs: Date.UTC(2026, 9, 1) }];
  await element.refresh();
  await page.getByText("Retired tokens (1)").click();
  await press("Put back OBDT9");
  await expect.element(page.getByText("Retired tokens (1)")).not.toBeInTheDocument();
  expect(inventory.restored).toEqual([["OBDT9"]]);
});
