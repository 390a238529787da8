import axe from "axe-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { OathInventory, type OathImportedEvent } from "../../../src/elements/oath-inventory.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import { importFile } from "../../support/inventory-page.ts";
import { failWith, gate, REPORT, ScriptedInventory, summary } from "../../support/scripted-inventory.ts";

let inventory: ScriptedInventory;

async function place(changes: Partial<OathInventory> = {}): Promise<OathInventory> {
  const element = new OathInventory();
  element.service = inventory.service;
  Object.assign(element, changes);
  document.querySelector("main")?.append(element);
  await expect.element(page.getByRole("grid", { name: "Tokens" })).toBeInTheDocument();
  return element;
}

beforeAll(() => {
  if (!customElements.get("oath-inventory")) customElements.define("oath-inventory", OathInventory);
});

beforeEach(() => {
  inventory = new ScriptedInventory();
  const main = document.createElement("main");
  const heading = document.createElement("h1");
  heading.textContent = "Inventory";
  main.append(heading);
  document.body.append(main);
});

afterEach(() => {
  document.body.replaceChildren();
});

describe("<oath-inventory>", () => {
  it("lists the tokens with their kind and state", async () => {
    await place();
    const row = page.getByRole("row", { name: /OBDT2/u });
    await expect.element(row).toHaveTextContent(/TOTP, 6 digits, 30 s/u);
    await expect.element(row).toHaveTextContent(/Maker, Fob/u);
    await expect.element(row).toHaveTextContent(/Assigned/u);
    await expect.element(page.getByText("2 tokens", { exact: true })).toBeInTheDocument();
  });

  it("reports an import and tells the page", async () => {
    const element = await place();
    const heard: OathImportedEvent[] = [];
    document.body.addEventListener("oath-imported", (event) => heard.push(event), { once: true });
    inventory.onImport = () => {
      inventory.seeds.push(summary(7));
      return Promise.resolve(REPORT);
    };
    await importFile();
    await expect.element(page.getByText("2 tokens imported, 2 refused", { exact: true })).toBeVisible();
    const skipped = page.getByRole("table", { name: "2 rows were refused" });
    await expect
      .element(skipped.getByRole("row", { name: "OBDT3" }))
      .toHaveTextContent(/^\s*3 OBDT3 The character “8”/u);
    await expect
      .element(skipped.getByRole("row", { name: "–" }))
      .toHaveTextContent(/^\s*5 – The serial number is empty/u);
    await page.getByText("2 tokens were here already", { exact: true }).click();
    await expect.element(page.getByText("OBDT1 – kept as it was")).toBeVisible();
    await expect.element(page.getByText("OBDT2 – kept, for it is assigned")).toBeVisible();
    expect(heard.map(({ report }) => report)).toEqual([REPORT]);
    await expect.element(page.getByRole("row", { name: /OBDT7/u })).toBeInTheDocument();
    expect((await axe.run(element)).violations).toEqual([]);
  });

  it("searches and filters", async () => {
    await place();
    await page.getByLabelText("Search tokens").fill("obdt2");
    await expect.element(page.getByText("1 token", { exact: true })).toBeInTheDocument();
    expect(page.getByRole("row", { name: /OBDT1/u }).elements()).toHaveLength(0);
    await page.getByLabelText("Show", { exact: true }).selectOptions("Free");
    await expect.element(page.getByText("No token matches. Change the search or show all.")).toBeVisible();
    await page.getByLabelText("Search tokens").fill("");
    await expect.element(page.getByRole("row", { name: /OBDT1/u })).toBeInTheDocument();
    expect(inventory.queries.at(-1)).toEqual({ assigned: false, offset: 0, limit: 64 });
  });

  it("drops an answer that a newer question has overtaken", async () => {
    await place();
    const slow = gate<void>();
    inventory.onList = () => slow.promise;
    await page.getByLabelText("Search tokens").fill("obdt1");
    inventory.onList = null;
    await page.getByLabelText("Search tokens").fill("obdt2");
    await expect.element(page.getByText("1 token", { exact: true })).toBeInTheDocument();
    slow.open();
    await slow.promise;
    await expect.element(page.getByRole("row", { name: /OBDT2/u })).toBeInTheDocument();
    expect(page.getByRole("row", { name: /OBDT1/u }).elements()).toHaveLength(0);
  });

  it("says what to do while the inventory is empty, and why it cannot be read", async () => {
    const element = await place();
    inventory.seeds = [];
    await element.refresh();
    await expect.element(page.getByText(/Import the seed file that came with them/u)).toBeVisible();
    inventory.onList = failWith(new MfaError("vault-locked", "locked"));
    await element.refresh();
    await expect.element(page.getByText(/vault is locked/u)).toBeVisible();
  });

  it("reads the list anew when its tab is seen again", async () => {
    await place();
    inventory.seeds.push(summary(9));
    document.dispatchEvent(new Event("visibilitychange"));
    await expect.element(page.getByRole("row", { name: /OBDT9/u })).toBeInTheDocument();
  });

  it("takes other texts, and draws anew when they are set", async () => {
    const element = await place();
    element.messages = {
      cancel: "Abbrechen",
      inventory: { listTitle: "Bestand", problems: { "bad-secret": "Schlüssel unlesbar" } },
    };
    await expect.element(page.getByRole("heading", { name: "Bestand" })).toBeInTheDocument();
    await importFile();
    await expect.element(page.getByRole("row", { name: /Schlüssel unlesbar/u })).toBeInTheDocument();
  });

  it("says so when its service has no inventory", async () => {
    const element = new OathInventory();
    document.body.append(element);
    await element.updateComplete;
    await expect.element(page.getByText(/not connected/u)).toBeVisible();
  });
});
