import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { OathInventory } from "../../src/elements/oath-inventory.ts";
import { mount } from "./elements.ts";
import type { ScriptedInventory } from "./scripted-inventory.ts";

/** A file of which nothing is read: the service is scripted. */
export const SEED_FILE = new File(["upn,serial number"], "tokens.csv", { type: "text/csv" });

/** The inventory alone on the page, with its list drawn. */
export async function mountInventory(inventory: ScriptedInventory): Promise<OathInventory> {
  const element = await mount("oath-inventory", { service: inventory.service });
  await expect.element(page.getByRole("grid", { name: "Tokens" })).toBeInTheDocument();
  return element;
}

export async function chooseFile(file: File = SEED_FILE): Promise<void> {
  await userEvent.upload(page.getByLabelText("Seed file", { exact: true }).element(), file);
}

export async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(page.getByRole("button", { name, exact: true }));
}

/** Chooses a file and imports what its preview shows. */
export async function importFile(file: File = SEED_FILE): Promise<void> {
  await chooseFile(file);
  await press(/^Import /u);
}

/** A heading of a step, which has the focus when the step begins. */
export async function expectStep(heading: string | RegExp): Promise<void> {
  await expect.element(page.getByRole("heading", { name: heading, level: 3 })).toBeVisible();
}
