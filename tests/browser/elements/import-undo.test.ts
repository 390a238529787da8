import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { MfaError, MfaInputError } from "../../../src/mfa/errors.ts";
import type { UndoReport } from "../../../src/mfa/local-contract.ts";
import { deepActiveElement } from "../../support/elements.ts";
import { expectStep, importFile, mountInventory, press } from "../../support/inventory-page.ts";
import {
  failWith,
  gate,
  inTurn,
  REPORT,
  ScriptedInventory,
  summary,
} from "../../support/scripted-inventory.ts";

let inventory: ScriptedInventory;

beforeEach(() => {
  inventory = new ScriptedInventory();
});

afterEach(() => document.body.replaceChildren());

const dialog = () => page.getByRole("dialog", { name: "Undo this import?" });
const confirm = () => userEvent.click(dialog().getByRole("button", { name: "Undo import" }));
const focused = () => deepActiveElement()?.textContent?.trim();

it("asks with the counts, takes the import back and tells what it did", async () => {
  inventory.onImport = () => {
    inventory.seeds.push(summary(7), summary(8));
    return Promise.resolve({
      ...REPORT,
      imported: 3,
      duplicates: [{ serialNumber: "OBDT1", outcome: "replaced" }],
      duplicateCount: 1,
    });
  };
  const asked: string[] = [];
  inventory.onUndo = (importId) => {
    asked.push(importId);
    inventory.seeds = [summary(1), summary(2, true), summary(8, true)];
    return Promise.resolve({ removed: 1, restored: 1, kept: ["OBDT8"] });
  };
  await mountInventory(inventory);
  await importFile();
  await expect.element(page.getByRole("row", { name: /OBDT7/u })).toBeInTheDocument();
  await press("Undo import");
  await expect.element(dialog()).toBeVisible();
  await expect.poll(focused).toBe("Undo this import?");
  await expect.element(dialog()).toHaveTextContent(/The 2 tokens it brought are taken out again\./u);
  await expect.element(dialog()).toHaveTextContent(/1 token that it replaced gets its earlier key back\./u);
  await confirm();

  await expectStep("Import undone");
  await expect.poll(focused).toBe("Import undone");
  await expect.element(page.getByText("1 token removed")).toBeVisible();
  await expect.element(page.getByText("1 token restored")).toBeVisible();
  await expect.element(page.getByText("1 token kept, for it is assigned")).toBeVisible();
  await expect.element(page.getByRole("listitem").filter({ hasText: "OBDT8" })).toBeVisible();
  await expect.element(page.getByRole("row", { name: /OBDT7/u })).not.toBeInTheDocument();
  expect(asked).toEqual(["import-1"]);
  expect(page.getByRole("button", { name: "Undo import" }).elements()).toEqual([]);
});

it("is offered after a reload, from what the service remembers", async () => {
  inventory.last = { importId: "import-9", importedAtMs: Date.UTC(2026, 10, 24, 12), imported: 98 };
  await mountInventory(inventory);
  await expect.element(page.getByText(/^Last import: 98 tokens, Nov 24, 2026/u)).toBeVisible();
  await press("Undo import");
  await expect.element(dialog()).toHaveTextContent(/The 98 tokens it brought/u);
  await expect.element(dialog()).toHaveTextContent(/that it replaced get their earlier keys back/u);
  await confirm();
  await expectStep("Import undone");
});

it("does nothing on Cancel, and gives the focus back", async () => {
  await mountInventory(inventory);
  await importFile();
  await press("Undo import");
  await userEvent.click(dialog().getByRole("button", { name: "Cancel" }));
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(focused).toBe("Undo import");
  await press("Undo import");
  await userEvent.keyboard("{Escape}");
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(page.getByRole("heading", { name: /^2 tokens imported/u })).toBeVisible();
});

it("cannot be stopped half way, and shows how far it is", async () => {
  const [started, end] = [gate<(done: number, total: number) => void>(), gate<UndoReport>()];
  inventory.onUndo = (_, { onProgress }) => {
    if (onProgress) started.open(onProgress);
    return end.promise;
  };
  await mountInventory(inventory);
  await importFile();
  await press("Undo import");
  await confirm();
  const progress = await started.promise;
  progress(50, 100);
  await expect
    .element(dialog().getByRole("progressbar", { name: "Undoing…" }))
    .toHaveAttribute("value", "50");
  await expect.element(dialog().getByRole("status")).toHaveTextContent("50% done");
  await userEvent.keyboard("{Escape}");
  // Marked as disabled, it is still pressed by some.
  dialog().getByRole("button", { name: "Cancel" }).element().dispatchEvent(new MouseEvent("click"));
  await expect.element(dialog()).toBeVisible();
  end.open({ removed: 2, restored: 0, kept: [] });
  await expectStep("Import undone");
});

it("says in the dialog why it did not work, and can be tried again", async () => {
  inventory.onUndo = inTurn<UndoReport>(
    failWith(new MfaError("busy", "busy")),
    // A code that a person meets when another tab was faster.
    failWith(new MfaInputError("unknown-import", "gone")),
    () => Promise.resolve({ removed: 2, restored: 0, kept: [] }),
  );
  await mountInventory(inventory);
  await importFile();
  await press("Undo import");
  await confirm();
  await expect.element(dialog().getByRole("alert")).toHaveTextContent(/Another change is being made/u);
  await confirm();
  await expect.element(dialog().getByRole("alert")).toHaveTextContent(/can no longer be undone/u);
  await confirm();
  await expectStep("Import undone");
});

it("is not offered for an import that brought nothing", async () => {
  inventory.onImport = () => Promise.resolve({ ...REPORT, imported: 0 });
  await mountInventory(inventory);
  await importFile();
  await expectStep("0 tokens imported, 2 refused");
  expect(page.getByRole("button", { name: "Undo import" }).elements()).toEqual([]);
});
