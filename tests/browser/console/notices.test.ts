import axe from "axe-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import type { ConsoleApp } from "../../../src/console/app.ts";
import { DEMO_ACCOUNT } from "../../../src/console/demo-account.ts";
import { refusedCodesText } from "../../../src/console/refused-codes.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";
import "../../../src/define.ts";
import type { RefusedCodes, Verification } from "../../../src/mfa/contract.ts";
import type { LocalMfaService } from "../../../src/mfa/local-contract.ts";
import { ScriptedInventory } from "../../support/scripted-inventory.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

const REFUSED = { failures: 2, reusedCodes: 1, lastAtMs: 0 };
const ACCEPTED: Verification = {
  userName: DEMO_ACCOUNT.email,
  deviceName: "Blue-key-fob",
  serialNumber: "OBDT10000017",
  driftSteps: 0,
  verifiedAtMs: 0,
};

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (name: string) => page.getByRole("heading", { name, level: 1 });
const notice = () => page.getByRole("status").filter({ hasText: "Since your last sign-in" });
const note = () => page.getByRole("status").filter({ hasText: "may delete the tokens" });

let app: ConsoleApp;

async function place(service: object): Promise<void> {
  app = document.createElement("console-app");
  app.desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
  Object.assign(service, {
    close: () => Promise.resolve(),
    vaultState: () => Promise.resolve("new"),
    autoLock: () => Promise.resolve(null),
  });
  app.start = () => Promise.resolve({ service: service as LocalMfaService, imported: 0 });
  document.body.append(app);
}

async function givePassword(): Promise<void> {
  await button("Fill in for the root user").click();
  await button("Next").click();
  await button("Sign in").click();
}

async function signInByCode(refused?: RefusedCodes): Promise<void> {
  const service = new ScriptedMfaService();
  service.devices = [makeDevice({ userName: DEMO_ACCOUNT.email })];
  service.expect("verifyCode", { ...ACCEPTED, ...(refused && { sinceLastSignIn: refused }) });
  await place(service);
  await givePassword();
  await userEvent.fill(page.getByLabelText("MFA code"), "123456");
  await button("Sign in").click();
  await expect.element(heading("Welcome back")).toBeVisible();
}

beforeEach(async () => {
  await page.viewport(1280, 900);
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "#");
});
afterEach(() => document.body.replaceChildren());

it("V21 tells who has signed in what was refused before, until it is dismissed", async () => {
  await signInByCode(REFUSED);
  await expect.element(notice()).toHaveTextContent(refusedCodesText(REFUSED));
  expect((await axe.run(app)).violations).toEqual([]);
  await page.getByRole("link", { name: "Security credentials" }).click();
  await expect.element(heading("Security credentials")).toBeVisible();
  await expect.element(notice()).toBeVisible();
  await button("Dismiss").click();
  await expect.element(notice()).not.toBeInTheDocument();
  // The button is gone, and the focus with it, unless it is put somewhere.
  const credentials = app.shadowRoot?.querySelector("console-credentials");
  await expect.poll(() => credentials?.shadowRoot?.activeElement?.localName).toBe("h1");
});

it("V21 does not tell it to the next who signs in", async () => {
  await signInByCode(REFUSED);
  await expect.element(notice()).toBeVisible();
  await button(DEMO_ACCOUNT.name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect.element(heading("Sign in")).toBeVisible();
  await expect.element(notice()).not.toBeInTheDocument();
});

it("V21 says nothing where nothing was refused", async () => {
  await signInByCode();
  await expect.element(notice()).not.toBeInTheDocument();
});

it.each([
  [{ failures: 1, reusedCodes: 0 }, "1 code was refused. If"],
  [{ failures: 1, reusedCodes: 1 }, "1 code was refused, which had been used already. If"],
  [{ failures: 3, reusedCodes: 0 }, "3 codes were refused. If"],
  [{ failures: 3, reusedCodes: 2 }, "3 codes were refused, 2 of them had been used already. If"],
])("V21 says %j in a plain sentence", (counts, words) => {
  expect(refusedCodesText({ ...counts, lastAtMs: 0 })).toContain(words);
});

/** Signed in without a device, on the page of the tokens. */
async function openInventory(answers: boolean[]): Promise<void> {
  history.replaceState(null, "", "#/token-inventory");
  const service = Object.assign(new ScriptedInventory(), {
    listMfaDevices: () => Promise.resolve([]),
    storageState: () => Promise.resolve({ persisted: answers.shift() ?? true }),
  });
  await place(service);
  await givePassword();
  await expect.element(heading("Token inventory")).toBeVisible();
}

it("S12 the inventory says plainly that the browser may delete it, and to make a backup", async () => {
  await openInventory([false, true]);
  await expect.element(note()).toBeVisible();
  await expect.element(note()).toHaveTextContent(/Make a backup/u);
  expect((await axe.run(app)).violations).toEqual([]);
  // An import was made, and the browser has promised to keep it.
  const inventory = app.shadowRoot?.querySelector("oath-inventory");
  inventory?.dispatchEvent(new Event("oath-imported"));
  await expect.element(note()).not.toBeInTheDocument();
});

it("S12 the inventory says nothing where the browser has promised to keep it", async () => {
  await openInventory([true]);
  await expect.element(page.getByRole("row", { name: /OBDT1 / })).toBeVisible();
  await expect.element(note()).not.toBeInTheDocument();
});
