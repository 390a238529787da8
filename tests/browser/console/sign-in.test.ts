import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { DEMO_ACCOUNT } from "../../../src/console/demo-account.ts";
import "../../../src/console/sign-in/sign-in.ts";
import type { ConsoleSignIn } from "../../../src/console/sign-in/sign-in.ts";
import type { SignedInEvent } from "../../../src/console/sign-in/signed-in-event.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

let signIn: ConsoleSignIn;
let service: ScriptedMfaService;
let heard: SignedInEvent[];

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (name: string) => page.getByRole("heading", { name, exact: true });
const field = (name: string) => page.getByLabelText(name, { exact: true });
const account = () => field("Account ID (12 digits) or account alias");
const violations = async () => (await axe.run(signIn)).violations;

function place(): void {
  signIn = document.createElement("console-sign-in");
  signIn.service = service;
  signIn.note = "12 sample tokens were imported.";
  signIn.addEventListener("console-signed-in", (event) => heard.push(event));
  document.body.append(signIn);
}

async function signInAs(userName: string, password: string = DEMO_ACCOUNT.password): Promise<void> {
  await field("User name").fill(userName);
  await field("Password").fill(password);
  await button("Sign in").click();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  service = new ScriptedMfaService();
  heard = [];
});

afterEach(() => document.body.replaceChildren());

describe("<console-sign-in>", () => {
  it("leads an IAM user from the chooser to account, name and password", async () => {
    place();
    expect(await violations()).toEqual([]);
    await page.getByRole("radio", { name: "IAM user" }).click();
    await button("Next").click();
    await expect
      .element(page.getByText("Enter the number or the alias of the account.").first())
      .toBeVisible();
    await account().fill("1234-5678-9012");
    await userEvent.keyboard("{Enter}");
    await expect.element(heading("IAM user sign-in")).toBeVisible();
    await expect.element(account()).toHaveValue("1234-5678-9012");
    // What is typed already is passed over.
    await expect.poll(() => signIn.shadowRoot?.activeElement?.id).toBe("user-name");
    expect(await violations()).toEqual([]);
    await signInAs("cleo");
    expect(heard.map(({ signedIn }) => signedIn.user.userName)).toEqual(["cleo"]);
    expect(localStorage.length).toBe(0);
  });

  it("says the same of an unknown account, an unknown user and a wrong password", async () => {
    place();
    const say = page.getByRole("alert").filter({ hasText: "account, user name and password do not belong" });
    await page.getByRole("radio", { name: "IAM user" }).click();
    await account().fill("nobody");
    await button("Next").click();
    await signInAs("ben");
    await expect.element(say).toBeVisible();
    const words = say.element().textContent;
    await account().fill("example");
    await signInAs("nobody");
    await expect.element(say).toHaveTextContent(words.trim());
    await signInAs("ben", "guess");
    await expect.element(say).toHaveTextContent(words.trim());
    expect(heard).toEqual([]);
    // The devices of somebody who did not prove the password are not even looked at.
    expect(service.calls).toEqual([]);
  });

  it("remembers the account when asked to, and forgets it for a different one", async () => {
    place();
    await button("Fill in for cleo").click();
    await page.getByRole("checkbox", { name: "Remember this account" }).click();
    await button("Sign in").click();
    expect(heard).toHaveLength(1);
    expect(Object.values(localStorage)).toEqual(["example"]);
    signIn.remove();
    place();
    await expect.element(heading("IAM user sign-in")).toBeVisible();
    await expect.element(account()).toHaveValue("example");
    await expect.element(field("User name")).toHaveValue("");
    await button("Sign in to a different account").click();
    await expect.element(heading("Sign in")).toBeVisible();
    await expect.element(account()).toHaveValue("");
    expect(localStorage.length).toBe(0);
  });

  it("has a way from the IAM user's page to the root user's", async () => {
    localStorage.setItem("oath-console.account", "example");
    place();
    await button("Sign in with the root user’s email address").click();
    await expect.element(page.getByRole("radio", { name: "Root user" })).toBeChecked();
    await field("Root user email address").fill(DEMO_ACCOUNT.email);
    await button("Next").click();
    await field("Password").fill(DEMO_ACCOUNT.password);
    await userEvent.keyboard("{Enter}");
    expect(heard.map(({ signedIn }) => signedIn.user.kind)).toEqual(["root"]);
  });

  it("asks for the code of the user's own device", async () => {
    service.devices = [makeDevice({ userName: "ben", deviceName: "bens-fob" })];
    place();
    await button("Fill in for ben").click();
    await button("Sign in").click();
    await expect.element(heading("Additional verification")).toBeVisible();
    await expect.element(page.getByText("ben", { exact: true })).toBeVisible();
    expect(heard).toEqual([]);
    await button("Use another account").click();
    await expect.element(field("Password")).toHaveValue("");
  });
});
