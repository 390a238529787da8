import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathIdentifiedEvent } from "../../../src/elements/events.ts";
import type { OathIdentify } from "../../../src/elements/oath-identify.ts";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import { announced, axeViolations, deepActiveElement, mount } from "../../support/elements.ts";
import { mountInventory, press } from "../../support/inventory-page.ts";
import { failWith, gate, identified, ScriptedInventory } from "../../support/scripted-inventory.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

let inventory: ScriptedInventory;
let element: OathIdentify;
/** The codes of each search; those of one code only make ready. */
let asked: string[][];
let heard: OathIdentifiedEvent[];
const listening = new AbortController();

beforeEach(async () => {
  inventory = new ScriptedInventory();
  asked = [];
  heard = [];
  document.body.addEventListener("oath-identified", (event) => heard.push(event), listening);
  element = await mount("oath-identify", { service: inventory.service });
});
afterEach(() => document.body.replaceChildren());

function answer(...found: ReturnType<typeof identified>[]): void {
  inventory.onIdentify = (codes) => {
    asked.push(codes.map(({ code }) => code));
    return Promise.resolve(codes.length === 1 ? [identified("NOBODY"), identified("ELSE")] : found);
  };
}

const field = (number: number) => page.getByLabelText(`MFA code ${number}`, { exact: true });

async function find(...codes: string[]): Promise<void> {
  for (const [at, code] of codes.entries()) await userEvent.fill(field(at + 1), code);
  await press("Find the token");
}

it("finds a token by two codes, has its number compared, and tells the page", async () => {
  answer(identified("OBDT0042"));
  await find("111111", "222222");
  await expect.element(page.getByRole("heading", { name: "This is the token" })).toBeVisible();
  await expect.element(page.getByText("OBDT0042").first()).toBeVisible();
  expect(announced(element).polite).toBe("This is the token: OBDT0042");
  expect((deepActiveElement() as HTMLElement).textContent).toBe("This is the token");
  expect(await axeViolations()).toEqual([]);
  expect(asked).toEqual([["111111"], ["111111", "222222"]]);
  expect(heard).toEqual([]);
  await press("It matches");
  expect(heard.map(({ serialNumber }) => serialNumber).slice(-1)).toEqual(["OBDT0042"]);
  expect(heard.at(-1)?.codes.map(({ code }) => code)).toEqual(["111111", "222222"]);
  expect(JSON.stringify(heard.at(-1))).not.toContain("111111");
});

it("begins again when the number is another", async () => {
  answer(identified("OBDT0042"));
  await find("111111", "222222");
  await press("It does not match");
  await expect.element(field(1)).toHaveValue("");
  expect(document.activeElement?.localName).toBe("oath-identify");
});

it("names nobody while several fit, asks for the next code, and gives up on none", async () => {
  answer(identified("OBDT1"), identified("OBDT2"));
  await find("111111", "222222");
  await expect.element(page.getByText(/fit more than one token/u).first()).toBeVisible();
  expect(element.shadowRoot?.textContent).not.toMatch(/OBDT/u);
  expect(await axeViolations()).toEqual([]);
  await expect.element(field(1)).toHaveValue("111111");
  answer(identified("OBDT2"));
  await find("111111", "222222", "333333");
  await expect.element(page.getByRole("heading", { name: "This is the token" })).toBeVisible();
  expect(asked.at(-1)).toEqual(["111111", "222222", "333333"]);
});

it("takes one that is in doubt for several", async () => {
  answer(identified("OBDT1", 1));
  await find("111111", "222222");
  await expect.element(page.getByText(/fit more than one token/u).first()).toBeVisible();
});

it("says what to do when none fits, and looks further around with three codes", async () => {
  answer();
  await find("111111", "222222");
  await expect.element(page.getByText(/^No token of the inventory shows these codes/u).first()).toBeVisible();
  expect(announced(element).assertive).toMatch(/^No token/u);
  await press("Its clock may be far off: enter three codes in a row");
  const windows: unknown[] = [];
  inventory.onIdentify = (codes, { window }) => {
    if (codes.length === 3) windows.push(window);
    return Promise.resolve([]);
  };
  await find("111111", "222222", "333333");
  await expect.element(page.getByText(/not even with its clock off/u).first()).toBeVisible();
  expect(windows).toEqual([{ backSteps: 120, aheadSteps: 120 }]);
});

it("makes ready while the person waits for the second code, and stops when told", async () => {
  const stopped = gate<boolean>();
  inventory.onIdentify = (_, { signal, onProgress }) => {
    onProgress?.(30, 100);
    return new Promise((__, reject) => {
      signal?.addEventListener("abort", () => {
        stopped.open(true);
        reject(signal.reason as Error);
      });
    });
  };
  await userEvent.fill(field(1), "111111");
  await expect.element(page.getByRole("progressbar")).toHaveAttribute("value", "30");
  expect(await axeViolations()).toEqual([]);
  await press("Stop");
  expect(await stopped.promise).toBe(true);
  await expect.element(page.getByRole("progressbar")).not.toBeInTheDocument();
  await expect.element(field(1)).toHaveValue("111111");
});

it("tells why it cannot search, and refuses a code twice", async () => {
  inventory.onIdentify = failWith(new MfaError("vault-locked", "locked"));
  await find("111111", "222222");
  await expect.element(page.getByText(/vault is locked/u).first()).toBeVisible();
  await userEvent.fill(field(2), "111111");
  await press("Find the token");
  await expect.element(page.getByText(/still the first code/iu).first()).toBeVisible();
});

it("takes eight digits", async () => {
  answer(identified("OBDT8"));
  await page.getByLabelText("Digits of a code").selectOptions("8");
  await find("11111111", "22222222");
  await expect.element(page.getByText("OBDT8").first()).toBeVisible();
});

it("works in the inventory by keyboard alone", async () => {
  answer(identified("OBDT2"));
  await mountInventory(inventory);
  page.getByRole("button", { name: "Which token is this?" }).element().focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("heading", { name: "Which token is this?" })).toBeVisible();
  await userEvent.keyboard("{Tab}{Tab}111111{Enter}222222{Enter}");
  await expect.element(page.getByRole("heading", { name: "This is the token" })).toBeVisible();
  await userEvent.keyboard("{Tab}{Tab}{Enter}");
  await expect.element(page.getByRole("heading", { name: "Which token is this?" })).not.toBeInTheDocument();
  expect(heard.at(-1)?.serialNumber).toBe("OBDT2");
});

it("finds a token of a real inventory", async () => {
  const databaseName = `identify-${crypto.randomUUID()}`;
  const service = await createLocalMfaService({ databaseName });
  const secrets = ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"];
  const rows = secrets.map((secret, at) => `,REAL000${at},${secret},30,Acme,One`);
  await service.importSeeds(
    ["upn,serial number,secret key,time interval,manufacturer,model", ...rows, ""].join("\n"),
  );
  await mount("oath-identify", { service });
  const seed = totpSeed({ secret: new TextEncoder().encode("12345678901234567890") });
  const step = Math.floor(Date.now() / 30_000);
  await find(oracleCode(seed, step - 1), oracleCode(seed, step));
  await expect.element(page.getByText("REAL0000").first()).toBeVisible();
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});
