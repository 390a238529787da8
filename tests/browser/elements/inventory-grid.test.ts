import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathInventory } from "../../../src/elements/oath-inventory.ts";
import { axeViolations, deepActiveElement } from "../../support/elements.ts";
import { mountInventory, press } from "../../support/inventory-page.ts";
import { gate, ScriptedInventory, summary } from "../../support/scripted-inventory.ts";

const MANY = 20_000;

let inventory: ScriptedInventory;
let element: OathInventory;

const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...summary(at, at % 1000 === 7),
    serialNumber: `GRID${String(at).padStart(6, "0")}`,
  }));

beforeEach(async () => {
  inventory = new ScriptedInventory();
  inventory.seeds = numbered(MANY);
  element = await mountInventory(inventory);
});
afterEach(() => document.body.replaceChildren());

const grid = () => page.getByRole("grid", { name: "Tokens" });
const scroller = () => grid().element() as HTMLElement;
const drawn = () => [...(element.shadowRoot?.querySelectorAll(".rows .row") ?? [])];
const rowOf = (serialNumber: string) => page.getByRole("row", { name: new RegExp(serialNumber, "u") });
/** The row that the grid says the keys stand on, found as assistive technology finds it. */
const active = () =>
  element.shadowRoot?.getElementById(scroller().getAttribute("aria-activedescendant") ?? "")?.textContent;

describe("a list of twenty thousand tokens", () => {
  it("draws the rows in sight only, and tells how many there are", async () => {
    await expect.element(rowOf("GRID000000")).toBeInTheDocument();
    expect(drawn().length).toBeLessThan(60);
    await expect.element(grid()).toHaveAttribute("aria-rowcount", String(MANY + 1));
    await expect.element(page.getByText("20,000 tokens", { exact: true })).toBeVisible();
    await expect.element(rowOf("GRID000003")).toHaveAttribute("aria-rowindex", "5");
    expect(await axeViolations()).toEqual([]);
  });

  it("asks for what comes into sight, wherever that is", async () => {
    await expect.element(rowOf("GRID000000")).toBeInTheDocument();
    const asked = inventory.queries.length;
    scroller().scrollTop = scroller().scrollHeight / 2;
    await expect.element(rowOf("GRID010000")).toBeInTheDocument();
    scroller().scrollTop = scroller().scrollHeight;
    await expect.element(rowOf("GRID019999")).toBeInTheDocument();
    expect(inventory.queries.length - asked).toBeLessThan(8);
    expect(drawn().length).toBeLessThan(60);
    const last = rowOf("GRID019999").element().getBoundingClientRect();
    const box = scroller().getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(box.bottom + 1);
  });

  it("moves, chooses and opens by keys alone, the focus staying where it is", async () => {
    await expect.element(rowOf("GRID000000")).toBeInTheDocument();
    scroller().focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown} ");
    await expect.element(rowOf("GRID000002")).toHaveAttribute("aria-selected", "true");
    await userEvent.keyboard("{End}");
    await expect.poll(active).toContain("GRID019999");
    await userEvent.keyboard(" {PageUp}");
    await expect.poll(active).not.toContain("GRID019999");
    await userEvent.keyboard("{Home}");
    await expect.poll(active).toContain("GRID000000");
    expect(deepActiveElement()).toBe(scroller());
    await expect.element(page.getByText("2 tokens selected")).toBeVisible();
  });

  it("chooses all but some, without naming them", async () => {
    const asked: unknown[] = [];
    inventory.onExport = (choice) => {
      asked.push(choice);
      return Promise.resolve(new Blob(["<KeyContainer/>"]));
    };
    await page.getByRole("checkbox", { name: "Select all 20,000" }).click();
    await page.getByRole("checkbox", { name: "Select GRID000004" }).click();
    await expect.element(page.getByText("19,999 tokens selected")).toBeVisible();
    await press("Export…");
    const field = (label: string) => page.getByRole("dialog").getByLabelText(label, { exact: true });
    await field("Password for the file").fill("long enough");
    await field("Repeat the password").fill("long enough");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => asked).toEqual([{ except: ["GRID000004"] }]);
    await page.getByLabelText("Show", { exact: true }).selectOptions("Free");
    await expect.element(page.getByText("19,980 tokens", { exact: true })).toBeVisible();
    expect(page.getByText(/selected$/u).elements()).toEqual([]);
  });

  it("shows what begins with a text while it looks further, and stops when told", async () => {
    inventory.isWhole = false;
    const slow = gate<void>();
    const heard: AbortSignal[] = [];
    inventory.onList = async ({ wait }, { signal, onProgress }) => {
      if (wait !== true) return;
      if (signal) heard.push(signal);
      onProgress?.(5_000, MANY);
      await slow.promise;
    };
    await page.getByLabelText("Search tokens").fill("grid0000");
    await expect.element(page.getByText("100 tokens so far", { exact: true })).toBeVisible();
    await expect.element(page.getByText("Looking through the inventory: 25%")).toBeVisible();
    expect(await axeViolations()).toEqual([]);
    await press("Stop looking");
    expect(heard[0]?.aborted).toBe(true);
    await expect.element(page.getByText("100 tokens", { exact: true })).toBeVisible();
    slow.open();
    inventory.onList = null;
    await page.getByLabelText("Search tokens").fill("grid00001");
    await expect.element(page.getByText("10 tokens", { exact: true })).toBeVisible();
  });

  it("begins at the top with another search, and keeps its place when the list is read anew", async () => {
    await expect.element(rowOf("GRID000000")).toBeInTheDocument();
    scroller().scrollTop = 630 * (drawn()[0]?.clientHeight ?? 0);
    await expect.element(rowOf("GRID000630")).toBeInTheDocument();
    await element.refresh();
    await expect.element(rowOf("GRID000630")).toBeInTheDocument();
    await page.getByLabelText("Search tokens").fill("grid01");
    await expect.element(rowOf("GRID010000")).toBeInTheDocument();
    expect(scroller().scrollTop).toBe(0);
  });
});
