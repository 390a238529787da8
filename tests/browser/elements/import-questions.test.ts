import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathInventory } from "../../../src/elements/oath-inventory.ts";
import { deepActiveElement, focusedLabel } from "../../support/elements.ts";
import { chooseFile, expectStep, mountInventory, press } from "../../support/inventory-page.ts";
import {
  failWith,
  fileError,
  gate,
  inTurn,
  PREVIEW,
  REPORT,
  ScriptedInventory,
} from "../../support/scripted-inventory.ts";

const PASSWORD = "qwerty-🔑-Secret";
const KEY_HEX = "00112233445566778899aabbccddeeff";
const KEY_BASE64 = "ABEiM0RVZneImaq7zN3u/w==";
const KEY_BYTES = Uint8Array.from({ length: 16 }, (_, index) => index * 0x11);
const needsPassword = failWith(
  fileError("key-required", "The file is encrypted with a password.", { needs: "password" }),
);
const needsKey = failWith(fileError("key-required", "The file has a key.", { needs: "key" }));
const wrong = failWith(fileError("wrong-key", "The key or password does not open the file."));
const ambiguous = failWith(
  fileError("ambiguous-encoding", "The keys may be hex or base32.", { needs: "secretEncoding" }),
);
const unknown = failWith(
  fileError("unknown-format", "Its columns are not known.", {
    needs: "columns",
    columnCount: 3,
    columnNames: ["Nr", "", "Geheimnis"],
  }),
);
const opens = () => Promise.resolve(PREVIEW);

let inventory: ScriptedInventory;
let element: OathInventory;

beforeEach(async () => {
  inventory = new ScriptedInventory();
  element = await mountInventory(inventory);
});

afterEach(() => document.body.replaceChildren());

const fill = (label: string, text: string) =>
  userEvent.fill(page.getByLabelText(label, { exact: true }), text);

/** All that is in the page: text, attributes and what stands in the fields. */
function everything(): string {
  const root = element.shadowRoot;
  const values = [...(root?.querySelectorAll("input") ?? [])].map(({ value }) => value);
  return [root?.innerHTML, document.documentElement.outerHTML, ...values].join("\n");
}

describe("a password", () => {
  it("is asked for when the file needs it, as often as it is wrong, and is gone afterwards", async () => {
    inventory.onPreview = inTurn(needsPassword, wrong, wrong, opens);
    await chooseFile();
    await expectStep("This file has a password");
    await expect.poll(focusedLabel).toBe("Password of the file");

    for (const attempt of ["first", "second"]) {
      await fill("Password of the file", attempt);
      await userEvent.keyboard("{Enter}");
      await expect
        .element(page.getByLabelText("Password of the file", { exact: true }))
        .toHaveAccessibleDescription(/does not open the file/u);
      await expect.poll(focusedLabel).toBe("Password of the file");
      await expect.element(page.getByLabelText("Password of the file", { exact: true })).toHaveValue("");
    }
    await fill("Password of the file", PASSWORD);
    await press("Continue");

    await expectStep(/^Check before importing/u);
    expect(everything()).not.toContain(PASSWORD);
    expect(inventory.previews.map(({ password }) => password)).toEqual([
      undefined,
      "first",
      "second",
      PASSWORD,
    ]);
    await press("Import 2 tokens");
    await expectStep(/^2 tokens imported/u);
    expect(inventory.imports[0]?.password).toBe(PASSWORD);
    expect(everything()).not.toContain(PASSWORD);

    inventory.onPreview = opens;
    await chooseFile();
    await expectStep(/^Check before importing/u);
    expect(inventory.previews.at(-1)?.password).toBeUndefined();
  });

  it("can be looked at, and is not sent empty", async () => {
    inventory.onPreview = needsPassword;
    await chooseFile();
    const field = page.getByLabelText("Password of the file", { exact: true });
    await press("Continue");
    await expect.element(field).toHaveAccessibleDescription(/Enter the password\./u);
    expect(inventory.previews).toHaveLength(1);

    const show = page.getByRole("button", { name: "Show password" });
    await expect.element(field).toHaveAttribute("type", "password");
    await expect.element(show).toHaveAttribute("aria-pressed", "false");
    await show.click();
    await expect.element(field).toHaveAttribute("type", "text");
    await expect.element(show).toHaveAttribute("aria-pressed", "true");
    await show.click();
    await expect.element(field).toHaveAttribute("type", "password");
  });

  it("is not needed by who cancels", async () => {
    inventory.onPreview = needsPassword;
    await chooseFile();
    await fill("Password of the file", PASSWORD);
    await press("Cancel");
    await expect.element(page.getByText("Stopped. Nothing was imported.").first()).toBeVisible();
    expect(everything()).not.toContain(PASSWORD);
    expect(deepActiveElement()?.textContent?.trim()).toBe("Choose seed file");
  });
});

it("is gone with the element, typed or not", async () => {
  inventory.onPreview = needsPassword;
  await chooseFile();
  await fill("Password of the file", PASSWORD);
  element.remove();
  await element.updateComplete;
  expect(element.shadowRoot?.querySelector("#file-key")).toBeNull();
});

describe("a pre-shared key", () => {
  it.each([
    ["hex", KEY_HEX],
    ["hex in groups", "0011 2233 4455 6677 8899 AABB CCDD EEFF"],
    ["base64", KEY_BASE64],
  ])("is taken as %s, and wiped after the import", async (_, typed) => {
    inventory.onPreview = inTurn(needsKey, opens);
    const held: Uint8Array[] = [];
    inventory.onImport = ({ key }) => {
      if (key) held.push(key);
      return Promise.resolve(REPORT);
    };
    await chooseFile();
    await expectStep("This file is locked with a key");
    await fill("Key of the file", typed);
    await userEvent.keyboard("{Enter}");
    await expectStep(/^Check before importing/u);
    expect(inventory.previews.at(-1)?.key).toEqual(KEY_BYTES);
    expect(everything()).not.toContain(typed);

    await press("Import 2 tokens");
    await expectStep(/^2 tokens imported/u);
    expect(inventory.imports[0]?.key).toEqual(KEY_BYTES);
    expect(held).toEqual([new Uint8Array(16)]);
  });

  it.each([
    ["", /Enter the key\./u],
    ["what?!", /That is no key\./u],
    [`${KEY_HEX}00`, /has 17 bytes; such files take one of 16, 24 or 32/u],
  ])("stays in the field when it is %j, with the reason", async (typed, words) => {
    inventory.onPreview = needsKey;
    await chooseFile();
    const field = page.getByLabelText("Key of the file", { exact: true });
    await fill("Key of the file", typed);
    await press("Continue");
    await expect.element(field).toHaveAccessibleDescription(words);
    await expect.element(field).toHaveValue(typed);
    await expect.element(field).toHaveAttribute("aria-invalid", "true");
    expect(inventory.previews).toHaveLength(1);
  });

  it("has the length that the file asks for", async () => {
    inventory.onPreview = inTurn(
      needsKey,
      failWith(
        fileError("wrong-key", "The key has 16 bytes, and the file needs one of 32.", { keyBytes: 32 }),
      ),
    );
    await chooseFile();
    await fill("Key of the file", KEY_HEX);
    await press("Continue");
    const field = page.getByLabelText("Key of the file", { exact: true });
    await expect.element(field).toHaveAccessibleDescription(/64 digits and letters.*needs one of 32/u);
    await fill("Key of the file", KEY_HEX);
    await press("Continue");
    await expect.element(field).toHaveAccessibleDescription(/has 16 bytes; this file takes one of 32/u);
    expect(inventory.previews).toHaveLength(2);
  });

  it("is wiped on Cancel", async () => {
    const held: Uint8Array[] = [];
    const shown = gate<void>();
    inventory.onPreview = ({ key }) => {
      if (key) held.push(key);
      return key ? shown.promise.then(() => PREVIEW) : needsKey();
    };
    await chooseFile();
    await fill("Key of the file", KEY_HEX);
    await press("Continue");
    await expect.poll(() => held.length).toBe(1);
    shown.open();
    await expectStep(/^Check before importing/u);
    await press("Cancel");
    await expect.element(page.getByRole("button", { name: "Choose seed file" })).toBeVisible();
    expect(held).toEqual([new Uint8Array(16)]);
  });
});

describe("the way secrets are written", () => {
  it("is asked for, and can be chosen again", async () => {
    inventory.onPreview = inTurn(ambiguous, opens);
    await chooseFile();
    await expectStep("How are the keys in this file written?");
    await expect.element(page.getByText("The keys may be hex or base32.")).toBeVisible();
    await press("Continue");
    const hex = page.getByLabelText(/hexadecimal/u);
    await expect.element(hex).toHaveAccessibleDescription(/Choose one\./u);
    expect(deepActiveElement()).toBe(hex.element());
    await hex.click();
    await press("Continue");
    await expectStep(/^Check before importing/u);

    await press("Choose way of writing again");
    await page.getByLabelText(/Base32/u).click();
    await press("Continue");
    await expectStep(/^Check before importing/u);
    await press("Import 2 tokens");
    await expectStep(/^2 tokens imported/u);
    expect(inventory.previews.map(({ secretEncoding }) => secretEncoding)).toEqual([
      undefined,
      "hex",
      "base32",
    ]);
    expect(inventory.imports[0]?.secretEncoding).toBe("base32");
  });
});

describe("the columns of an unknown table", () => {
  const select = (name: string, role: string) =>
    userEvent.selectOptions(page.getByLabelText(name, { exact: true }), role);

  it("are asked for by name, checked, and can be chosen again", async () => {
    inventory.onPreview = inTurn(unknown, opens);
    await chooseFile();
    await expectStep("What is in the columns of this file?");
    await press("Continue");
    await expect.element(page.getByText("Say which column holds the serial number.")).toBeVisible();
    await expect
      .element(page.getByLabelText("Nr", { exact: true }))
      .toHaveAccessibleDescription("Say which column holds the serial number.");
    expect(deepActiveElement()?.id).toBe("column-0");

    await select("Nr", "Serial number");
    await press("Continue");
    await expect.element(page.getByText("Say which column holds the secret key.")).toBeVisible();
    await select("Column 2", "Serial number");
    await select("Geheimnis", "Secret key");
    await press("Continue");
    await expect.element(page.getByText(/^Two columns hold the same/u)).toBeVisible();
    await expect.element(page.getByLabelText("Geheimnis")).toHaveAttribute("aria-invalid", "false");
    await select("Column 2", "Manufacturer");
    await press("Continue");
    await expectStep(/^Check before importing/u);
    const columns = { serialNumber: "Nr", secret: "Geheimnis", manufacturer: 1 };
    expect(inventory.previews.at(-1)?.columns).toEqual(columns);

    await press("Choose columns again");
    await expect.element(page.getByLabelText("Column 2")).toHaveValue("manufacturer");
    await select("Column 2", "Leave out");
    await press("Continue");
    await expectStep(/^Check before importing/u);
    await press("Import 2 tokens");
    await expect
      .poll(() => inventory.imports[0]?.columns)
      .toEqual({ serialNumber: "Nr", secret: "Geheimnis" });
  });

  it("are numbered where they have no names, and another question may follow", async () => {
    const nameless = failWith(fileError("unknown-format", "No.", { needs: "columns", columnCount: 2 }));
    inventory.onPreview = inTurn(nameless, ambiguous, opens);
    await chooseFile();
    await select("Column 2", "Serial number");
    await select("Column 1", "Secret key");
    await press("Continue");
    await page.getByLabelText(/Base64/u).click();
    await press("Continue");
    await expectStep(/^Check before importing/u);
    expect(inventory.previews.at(-1)).toMatchObject({
      columns: { serialNumber: 1, secret: 0 },
      secretEncoding: "base64",
    });
  });

  it("keep their choice, with the reader's reason when it finds them wrong", async () => {
    const lacking = failWith(
      fileError("malformed", "The first line lacks the column “Nr”.", {
        needs: "columns",
        columnCount: 3,
        columnNames: ["Nr", "", "Geheimnis"],
      }),
    );
    inventory.onPreview = inTurn(unknown, lacking);
    await chooseFile();
    await select("Nr", "Serial number");
    await select("Geheimnis", "Secret key");
    await press("Continue");
    await expect.element(page.getByText("The first line lacks the column “Nr”.")).toBeVisible();
    await expect.element(page.getByLabelText("Nr", { exact: true })).toHaveValue("serialNumber");
    await press("Cancel");
    await expect.element(page.getByRole("button", { name: "Choose seed file" })).toBeVisible();
  });

  it("are no question where nothing is known of the table", async () => {
    inventory.onPreview = failWith(fileError("malformed", "The first line is odd.", { needs: "columns" }));
    await chooseFile();
    await expectStep("The file was not imported");
    await expect.element(page.getByText("The first line is odd.", { exact: true })).toBeVisible();
  });
});

describe("serial numbers that look shortened", () => {
  it("are taken as they stand only when the person says so", async () => {
    const shortened = {
      ...PREVIEW,
      skipped: [{ row: 4, serialNumber: "1234", code: "shortened-serial" as const, message: "Too short." }],
      skippedCount: 1,
    };
    inventory.onPreview = ({ acceptShortSerials }) =>
      Promise.resolve(acceptShortSerials ? { ...PREVIEW, skipped: [], skippedCount: 0 } : shortened);
    await chooseFile();
    await expect.element(page.getByText(/^Some serial numbers look shortened/u)).toBeVisible();
    await press("Take them as they stand");
    await expect.element(page.getByText(/shortened are taken as they stand/u)).toBeVisible();
    await press("Refuse them again");
    await expect.element(page.getByRole("table", { name: "1 row was refused" })).toBeVisible();
    await press("Take them as they stand");
    await press("Import 2 tokens");
    await expect.poll(() => inventory.imports[0]?.acceptShortSerials).toBe(true);
    expect(inventory.previews.map(({ acceptShortSerials }) => acceptShortSerials ?? false)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
