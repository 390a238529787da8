import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { HOTP, Secret } from "otpauth";
import { DEMO_ACCOUNT } from "../../src/console/demo-account.ts";
import type { Seed } from "../../src/otp/index.ts";
import { findSampleSeed, SAMPLE_SERIAL_NUMBERS } from "../../src/virtual/sample-inventory.ts";

const PERIOD_MS = 30_000;

/** The first token of the sample inventory: six digits, thirty seconds. */
export const SERIAL_NUMBER = SAMPLE_SERIAL_NUMBERS[0] ?? "";

/** Our time step now, on this machine's clock. */
export function stepNow(): number {
  return Math.floor(Date.now() / PERIOD_MS);
}

/** The seed of a sample token. */
export function requireSeed(serialNumber: string = SERIAL_NUMBER): Seed {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new Error(`${serialNumber} is not in the sample inventory`);
  return seed;
}

/** What that token shows in a time step, computed by the `otpauth` package. */
export function tokenCode(step: number, serialNumber: string = SERIAL_NUMBER): string {
  const { secret, algorithm, digits } = requireSeed(serialNumber);
  return HOTP.generate({
    secret: new Secret({ buffer: secret.slice().buffer }),
    algorithm,
    digits,
    counter: step,
  });
}

/** The console as a person uses it: every control is found by its label or role. */
export class ConsolePage {
  readonly page: Page;
  /** Where the console is: the page itself, or a frame in it. */
  readonly view: Page | FrameLocator;

  constructor(page: Page, view: Page | FrameLocator = page) {
    this.page = page;
    this.view = view;
  }

  async open(): Promise<void> {
    await this.page.goto("/");
    await expect(this.view.getByLabel("Root user email address")).toBeVisible();
  }

  async givePassword(): Promise<void> {
    await this.view.getByLabel("Root user email address").fill(DEMO_ACCOUNT.email);
    await this.button("Next").click();
    await this.view.getByLabel("Password").fill(DEMO_ACCOUNT.password);
    await this.button("Sign in").click();
  }

  async openCredentials(): Promise<void> {
    await this.view.getByRole("button", { name: DEMO_ACCOUNT.name }).click();
    await this.view.getByRole("menuitem", { name: "Security credentials" }).click();
    await expect(this.view.getByRole("heading", { name: /Multi-factor authentication/u })).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.view.getByRole("button", { name: DEMO_ACCOUNT.name }).click();
    await this.view.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(this.view.getByLabel("Root user email address")).toBeVisible();
  }

  /** Up to the second step of the wizard, with the serial number typed. */
  async beginWizard(deviceName = "office-fob", serialNumber: string = SERIAL_NUMBER): Promise<void> {
    await this.button("Assign MFA device").first().click();
    await this.view.getByLabel("Device name").fill(deviceName);
    await expect(this.view.getByRole("radio", { name: /Hardware TOTP token/u })).toBeChecked();
    await this.button("Next").click();
    await this.view.getByLabel("Serial number").fill(serialNumber);
  }

  async typeCodes(first: string, second: string): Promise<void> {
    await this.field("MFA code 1").fill(first);
    await this.field("MFA code 2").fill(second);
  }

  /** Enrols the token with the two codes before the current one, so that the current one is still unused. */
  async enrol(driftSteps = 0): Promise<void> {
    await this.beginWizard();
    const step = stepNow() + driftSteps;
    await this.typeCodes(tokenCode(step - 2), tokenCode(step - 1));
    await this.button("Add MFA").click();
    await expect(this.view.getByRole("heading", { name: "Token added" })).toBeVisible();
  }

  /** Removes the chosen device, through the question. */
  async confirmRemoval(deviceName: string): Promise<void> {
    await this.button("Remove").click();
    await this.view.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(this.view.getByRole("row", { name: new RegExp(deviceName, "u") })).toHaveCount(0);
  }

  async typeSignInCode(code: string): Promise<void> {
    await this.field("MFA code").fill(code);
    await this.button("Sign in").click();
  }

  async expectSignedIn(): Promise<void> {
    await expect(this.view.getByRole("button", { name: DEMO_ACCOUNT.name })).toBeVisible();
  }

  button(name: string): Locator {
    return this.view.getByRole("button", { name, exact: true });
  }

  field(name: string): Locator {
    return this.view.getByLabel(name, { exact: true });
  }
}
