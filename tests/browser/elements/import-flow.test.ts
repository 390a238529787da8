import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathInventory } from "../../../src/elements/oath-inventory.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import type { ImportSeedsOptions } from "../../../src/mfa/local-contract.ts";
import { announced, deepActiveElement } from "../../support/elements.ts";
import {
  chooseFile,
  expectStep,
  importFile,
  mountInventory,
  press,
  SEED_FILE,
} from "../../support/inventory-page.ts";
import {
  failWith,
  fileError,
  gate,
  inTurn,
  PREVIEW,
  previewed,
  REPORT,
  ScriptedInventory,
  summary,
  untilAborted,
} from "../../support/scripted-inventory.ts";

let inventory: ScriptedInventory;
let element: OathInventory;

beforeEach(async () => {
  inventory = new ScriptedInventory();
  element = await mountInventory(inventory);
});

afterEach(() => document.body.replaceChildren());

const dropZone = () => element.shadowRoot?.querySelector(".drop");
const focused = () => deepActiveElement()?.textContent?.trim();

function carrying(...files: File[]): DataTransfer {
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  return carried;
}

/** Every message of the polite live region, in turn. */
function record(): string[] {
  const said: string[] = [];
  const region = element.shadowRoot?.querySelector(".visually-hidden[role=status]");
  if (region) {
    new MutationObserver(() => said.push(region.textContent.trim())).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  }
  return said;
}

describe("the preview", () => {
  it("shows what the file holds before anything is written", async () => {
    await chooseFile();

    await expectStep("Check before importing: tokens.csv");
    await expect.poll(focused).toBe("Check before importing: tokens.csv");
    const facts = [...(element.shadowRoot?.querySelectorAll(".counts > div") ?? [])].map(({ textContent }) =>
      textContent.replace(/\s+/gu, " ").trim(),
    );
    expect(facts).toEqual([
      "New 2",
      "Already here 2",
      "Already here and assigned 1",
      "Refused 2",
      "File CSV for Microsoft Entra",
    ]);
    await expect.element(page.getByText(/were read as base32/u)).toBeVisible();
    const tokens = page.getByRole("table", { name: "The 4 tokens in this file" });
    await expect
      .element(tokens.getByRole("row", { name: "OBDT7" }))
      .toHaveTextContent(/OBDT7 TOTP, 6 digits, 30 s Maker, Fob •••• hidden, 20 bytes new/u);
    await expect
      .element(tokens.getByRole("row", { name: "OBDT2" }))
      .toHaveTextContent(/20 bytes already here, assigned/u);
    await expect
      .element(page.getByRole("table", { name: "2 rows were refused" }).getByRole("row", { name: "–" }))
      .toHaveTextContent(/5 – The serial number is empty/u);
    await expect.element(page.getByText("Nothing is imported yet.")).toBeVisible();
    expect(inventory.imports).toEqual([]);
  });

  it("says when the table has only the first tokens", async () => {
    const firstTokens = Array.from({ length: 20 }, (_, index) => previewed(100 + index));
    inventory.onPreview = () => Promise.resolve({ ...PREVIEW, tokenCount: 98_000, firstTokens });
    await chooseFile();

    const table = page.getByRole("table", { name: "The first 20 of 98,000 tokens" });
    await expect.element(table).toBeVisible();
    await expect.element(page.getByRole("button", { name: "Import 97,998 tokens" })).toBeVisible();
  });

  it("keeps what is here unless told, and never replaces what is assigned", async () => {
    await chooseFile();
    await expect.element(page.getByLabelText("Keep what is here")).toBeChecked();
    await expect.element(page.getByText(/1 token is assigned to somebody. It is never/u)).toBeVisible();
    await press("Import 2 tokens");
    await expect.poll(() => inventory.imports.map(({ onDuplicate }) => onDuplicate)).toEqual(["keep"]);

    await chooseFile();
    await page.getByLabelText("Replace it by what is in the file").click();
    await press("Import 3 tokens");
    await expect.poll(() => inventory.imports.at(-1)?.onDuplicate).toBe("replace");
  });

  it("has no question where nothing is here, and no button where nothing is new", async () => {
    inventory.onPreview = inTurn(
      () => Promise.resolve({ ...PREVIEW, knownCount: 0, known: [], assignedCount: 0 }),
      () => Promise.resolve({ ...PREVIEW, tokenCount: 1, knownCount: 1, assignedCount: 1 }),
    );
    await chooseFile();
    await expect.element(page.getByRole("button", { name: "Import 4 tokens" })).toBeVisible();
    expect(page.getByRole("radio").elements()).toEqual([]);
    await press("Cancel");

    await chooseFile();
    await expect.element(page.getByText("There is nothing in this file to import.")).toBeVisible();
    expect(page.getByRole("button", { name: /^Import / }).elements()).toEqual([]);
  });

  it("goes back to the choice of a file on Cancel", async () => {
    await chooseFile();
    await press("Cancel");

    await expect.element(page.getByText("Stopped. Nothing was imported.").first()).toBeVisible();
    await expect.poll(focused).toBe("Choose seed file");
    expect(announced(element).polite).toBe("Stopped. Nothing was imported.");
    expect(inventory.imports).toEqual([]);
  });
});

describe("progress", () => {
  it("shows how far the reading is, and stops on Cancel", async () => {
    const started = gate<ImportSeedsOptions>();
    inventory.onPreview = (options) => {
      started.open(options);
      return untilAborted(options);
    };
    await chooseFile();
    const options = await started.promise;
    const bar = page.getByRole("progressbar", { name: "Reading tokens.csv" });
    await expect.element(bar).not.toHaveAttribute("value");
    options.onProgress?.(250, 1000);
    await expect.element(bar).toHaveAttribute("value", "250");
    await expect.element(page.getByText("250 of 1,000 rows read")).toBeInTheDocument();
    await press("Cancel");

    await expect.element(page.getByText("Stopped. Nothing was imported.").first()).toBeVisible();
    expect(options.signal?.aborted).toBe(true);
    options.onProgress?.(900, 1000);
    await element.updateComplete;
    expect(bar.elements()).toHaveLength(0);
  });

  it("is told at every quarter and no oftener", async () => {
    const started = gate<ImportSeedsOptions>();
    const end = gate<typeof REPORT>();
    inventory.onImport = (options) => {
      started.open(options);
      return end.promise;
    };
    const said = record();
    await importFile();
    const options = await started.promise;
    for (let done = 1; done <= 1000; done += 1) {
      options.onProgress?.(done, 1000);
      if (done % 50 === 0) await element.updateComplete;
    }
    end.open(REPORT);

    await expectStep("2 tokens imported, 2 refused");
    await expect.poll(focused).toBe("2 tokens imported, 2 refused");
    expect(said).toEqual(["25% done", "50% done", "75% done", "100% done"]);
  });

  it("returns to the preview when the import is stopped, once the service has said so", async () => {
    const [started, stopped] = [gate<ImportSeedsOptions>(), gate<void>()];
    inventory.onImport = async (options) => {
      started.open(options);
      await untilAborted(options).catch(() => stopped.promise);
      throw options.signal?.reason;
    };
    await importFile();
    await started.promise;
    await press("Cancel");
    await expect.element(page.getByRole("button", { name: "Stopping…" })).toBeVisible();
    stopped.open();

    await expectStep(/^Check before importing/u);
    await expect.element(page.getByText("Stopped. Nothing was imported.").first()).toBeVisible();
    expect(announced(element).polite).toBe("Stopped. Nothing was imported.");

    inventory.onImport = () => Promise.resolve(REPORT);
    await press("Import 2 tokens");
    await expectStep("2 tokens imported, 2 refused");
  });

  it("believes the service when Cancel came too late", async () => {
    const [started, end] = [gate<ImportSeedsOptions>(), gate<typeof REPORT>()];
    inventory.onImport = (options) => {
      started.open(options);
      return end.promise;
    };
    await importFile();
    await started.promise;
    await press("Cancel");
    end.open(REPORT);

    await expectStep("2 tokens imported, 2 refused");
  });

  it("stops when the element leaves the page", async () => {
    const started = gate<ImportSeedsOptions>();
    inventory.onPreview = (options) => {
      started.open(options);
      return untilAborted(options);
    };
    await chooseFile();
    const { signal } = await started.promise;
    element.remove();
    expect(signal?.aborted).toBe(true);
  });
});

describe("failures", () => {
  it.each([
    [fileError("not-text", "This is not a text file. Choose a CSV or PSKC file."), /not a text file/u, false],
    [new MfaError("vault-locked", "locked"), /vault is locked. Unlock it/u, true],
    [new Error("IDBKeyRange exploded"), /Something went wrong on our side/u, true],
  ])("explains %s and keeps the list", async (error, words, canRetry) => {
    inventory.onPreview = failWith(error);
    await chooseFile();

    await expectStep("The file was not imported");
    await expect.poll(focused).toBe("The file was not imported");
    expect(announced(element).assertive).toMatch(words);
    expect(announced(element).assertive).toMatch(/Nothing was changed\.$/u);
    await expect.element(page.getByText(words).first()).toBeVisible();
    expect(element.shadowRoot?.textContent).not.toContain("IDBKeyRange");
    await expect.element(page.getByRole("row", { name: /OBDT1/u })).toBeInTheDocument();
    expect(page.getByRole("button", { name: "Try again" }).elements()).toHaveLength(canRetry ? 1 : 0);
  });

  it("reads the same file again on Try again", async () => {
    inventory.onPreview = inTurn(failWith(new MfaError("vault-locked", "locked")), () =>
      Promise.resolve(PREVIEW),
    );
    await chooseFile();
    await press("Try again");
    await expectStep(/^Check before importing: tokens\.csv/u);
  });

  it("returns to the preview when the import fails, for another try", async () => {
    inventory.onImport = inTurn(failWith(new MfaError("store-full", "full")), () => Promise.resolve(REPORT));
    await importFile();
    await expectStep(/^Check before importing/u);
    await expect.element(page.getByText(/no storage left/u).first()).toBeVisible();
    await expect.element(page.getByText("Nothing was changed.", { exact: true })).toBeVisible();
    expect(announced(element).assertive).toMatch(/no storage left.*Nothing was changed\.$/u);

    await press("Import 2 tokens");
    await expectStep("2 tokens imported, 2 refused");
  });

  it("forgets a file when another service takes its place", async () => {
    await chooseFile();
    await expectStep(/^Check before importing/u);
    const other = new ScriptedInventory();
    other.seeds = [summary(77)];
    element.service = other.service;
    await expect.element(page.getByRole("row", { name: /OBDT77/u })).toBeInTheDocument();
    await expect.element(page.getByRole("button", { name: "Choose seed file" })).toBeVisible();
  });
});

describe("ways in", () => {
  it("takes a dropped file, and only one", async () => {
    const over = new DragEvent("dragover", { dataTransfer: carrying(SEED_FILE), cancelable: true });
    dropZone()?.dispatchEvent(over);
    expect(over.defaultPrevented).toBe(true);
    await element.updateComplete;
    expect(dropZone()?.classList.contains("over")).toBe(true);

    const several = carrying(SEED_FILE, new File(["x"], "more.csv"));
    dropZone()?.dispatchEvent(new DragEvent("drop", { dataTransfer: several, cancelable: true }));
    await expect.element(page.getByText(/^Those were several files/u).first()).toBeVisible();
    expect(announced(element).assertive).toMatch(/several files/u);
    expect(inventory.previews).toEqual([]);

    dropZone()?.dispatchEvent(new DragEvent("drop", { dataTransfer: carrying(SEED_FILE), cancelable: true }));
    await expectStep(/^Check before importing/u);
    expect(
      page
        .getByText(/several files/u)
        .elements()
        .filter((one) => one.checkVisibility()),
    ).toEqual([]);
  });

  it("takes a pasted file, but not one that is meant for another part of the page", async () => {
    const other = document.createElement("input");
    document.querySelector("main")?.append(other);
    const paste = (at: Element) => {
      const event = new ClipboardEvent("paste", {
        clipboardData: carrying(SEED_FILE),
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      at.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(paste(other)).toBe(false);
    expect(inventory.previews).toHaveLength(0);
    expect(paste(document.body)).toBe(true);
    await expectStep(/^Check before importing/u);
    await press("Cancel");
    expect(paste(dropZone() ?? document.body)).toBe(true);
    await expectStep(/^Check before importing/u);
    expect(inventory.previews).toHaveLength(2);
  });

  it("needs no mouse", async () => {
    const opened = vi.spyOn(HTMLInputElement.prototype, "click").mockImplementation(() => undefined);
    element.shadowRoot?.querySelector<HTMLElement>(".drop button")?.focus();
    await userEvent.keyboard("{Enter}");
    expect(opened).toHaveBeenCalledTimes(1);
    opened.mockRestore();

    await chooseFile();
    await expectStep(/^Check before importing/u);
    await userEvent.tab();
    expect(deepActiveElement()).toHaveProperty("value", "keep");
    await userEvent.keyboard("{ArrowDown}");
    await expect.element(page.getByLabelText("Replace it by what is in the file")).toBeChecked();
    while (!focused()?.startsWith("Import ")) await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    await expectStep("2 tokens imported, 2 refused");
    expect(inventory.imports[0]?.onDuplicate).toBe("replace");
  });
});
