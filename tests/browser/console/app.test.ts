import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import type { ConsoleApp } from "../../../src/console/app.ts";
import { DEMO_ACCOUNT } from "../../../src/console/demo-account.ts";
import { DEMO_DATABASE, startDemoService } from "../../../src/console/demo-service.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";
import "../../../src/define.ts";
import { MfaError } from "../../../src/mfa/errors.ts";

let app: ConsoleApp;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (name: string) => page.getByRole("heading", { name, level: 1 });

async function place(changes: Partial<ConsoleApp> = {}): Promise<ConsoleApp> {
  app = document.createElement("console-app");
  app.desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
  Object.assign(app, changes);
  document.body.append(app);
  return app;
}

async function signIn(): Promise<void> {
  await button("Fill in for the root user").click();
  await button("Next").click();
  await button("Sign in").click();
}

async function deleteDatabase(): Promise<void> {
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DEMO_DATABASE);
    request.addEventListener("success", resolve);
    request.addEventListener("error", () => reject(new Error("not deleted", { cause: request.error })));
  });
}

beforeEach(async () => {
  await page.viewport(1280, 900);
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "#");
});

afterEach(async () => {
  document.body.replaceChildren();
  await deleteDatabase();
});

describe("<console-app>", () => {
  it("imports the sample tokens once, and signs in the demo account", async () => {
    await place();
    await expect.element(page.getByText("12 sample tokens were imported.")).toBeVisible();
    expect((await axe.run(app)).violations).toEqual([]);
    await signIn();
    await expect.element(heading("Welcome back")).toBeVisible();
    expect(document.title).toBe("Home – oath-bridge console");
    expect(sessionStorage.length).toBe(1);
    const stored: unknown = JSON.parse(sessionStorage.getItem(sessionStorage.key(0) ?? "") ?? "");
    expect(stored).toEqual({ userName: DEMO_ACCOUNT.email, lostSerialNumber: null });
    expect((await axe.run(app)).violations).toEqual([]);
    app.remove();
    sessionStorage.clear();
    await place();
    await expect.element(page.getByText("The sample tokens are imported.")).toBeVisible();
  });

  it("has one message for a wrong e-mail address and a wrong password", async () => {
    await place();
    await page.getByLabelText("Root user email address").fill("somebody@example.com");
    await button("Next").click();
    await page.getByLabelText("Password", { exact: true }).fill(DEMO_ACCOUNT.password);
    await userEvent.keyboard("{Enter}");
    const message = page.getByRole("alert").filter({ hasText: "do not belong together" });
    await expect.element(message).toBeVisible();
    await button("Change").click();
    await page.getByLabelText("Root user email address").fill(DEMO_ACCOUNT.email);
    await userEvent.keyboard("{Enter}");
    await page.getByLabelText("Password", { exact: true }).fill("guess");
    await button("Sign in").click();
    await expect.element(message).toBeVisible();
    expect(sessionStorage.length).toBe(0);
  });

  it("asks for an e-mail address before anything else", async () => {
    await place();
    await page.getByLabelText("Root user email address").fill("root");
    await button("Next").click();
    await expect.element(page.getByText(/Enter the e-mail address of the root user/u)).toBeVisible();
    await expect.element(page.getByLabelText("Root user email address")).toHaveValue("root");
  });

  it("goes to the page that was asked for, and moves the focus to its heading", async () => {
    history.replaceState(null, "", "#/token-inventory");
    await place();
    await expect.element(heading("Sign in")).toBeVisible();
    await signIn();
    await expect.element(heading("Token inventory")).toBeVisible();
    await expect.element(page.getByRole("row", { name: /OBDT10000093 TOTP, 6 digits, 60 s/u })).toBeVisible();
    expect((await axe.run(app)).violations).toEqual([]);
    await page.getByRole("link", { name: "Home" }).click();
    await expect.element(heading("Welcome back")).toBeVisible();
    await expect.poll(() => app.shadowRoot?.activeElement?.textContent).toBe("Welcome back");
  });

  it("has a menu that works from the keyboard", async () => {
    await place();
    await signIn();
    const opener = button(DEMO_ACCOUNT.name);
    await expect.element(opener).toBeVisible();
    const menu = app.shadowRoot?.querySelector("console-account-menu")?.shadowRoot;
    menu?.querySelector("button")?.focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(() => menu?.activeElement?.textContent.trim()).toBe("Sign out");
    await userEvent.keyboard("{ArrowDown}");
    expect(menu?.activeElement?.textContent.trim()).toBe("Security credentials");
    await userEvent.keyboard("{End}{Home}{Escape}");
    await expect.element(opener).toHaveAttribute("aria-expanded", "false");
    expect(menu?.activeElement).toBe(opener.element());
    await opener.click();
    await page.getByRole("menuitem", { name: "Security credentials" }).click();
    await expect.element(heading("Security credentials")).toBeVisible();
    await expect.element(button("Assign MFA device")).toBeVisible();
    expect((await axe.run(app)).violations).toEqual([]);
    await opener.click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect.element(heading("Sign in")).toBeVisible();
    expect(sessionStorage.length).toBe(0);
  });

  it("keeps pages from a person who is not signed in", async () => {
    await place();
    await expect.element(heading("Sign in")).toBeVisible();
    location.hash = "#/security-credentials";
    await new Promise((resolve) => window.addEventListener("hashchange", resolve, { once: true }));
    await app.updateComplete;
    await expect.element(heading("Sign in")).toBeVisible();
    expect(app.shadowRoot?.querySelector("console-credentials")).toBeNull();
  });

  it("remembers whether the token is shown, and how its clock is set", async () => {
    await place();
    await page.getByLabelText("Seconds ahead").clear();
    await userEvent.type(page.getByLabelText("Seconds ahead"), "-180");
    await expect.element(page.getByText("It is 3 min behind. One step is 30 s.")).toBeVisible();
    await page.getByLabelText("Sample token").selectOptions("OBDT10000093 – Key fob 60 s");
    await expect.element(page.getByText("It is right. One step is 60 s.")).toBeVisible();
    await button("− 1 step").click();
    await expect.element(page.getByText("It is 1 min behind. One step is 60 s.")).toBeVisible();
    await button("Hide the virtual token").click();
    expect(app.shadowRoot?.querySelector("aside")?.textContent).not.toContain("Copy code");
    app.remove();
    await place();
    await button("Show the virtual token").click();
    await expect.element(page.getByText("It is 1 min behind. One step is 60 s.")).toBeVisible();
    await page.getByLabelText("Sample token").selectOptions("OBDT10000017 – Key fob 30 s");
    await expect.element(page.getByText("It is 3 min behind. One step is 30 s.")).toBeVisible();
    await button("Set right").click();
    await expect.element(page.getByText("It is right. One step is 30 s.")).toBeVisible();
  });

  it("says what to do before a code can be copied", async () => {
    await place();
    await button("Copy code").click();
    await expect
      .element(page.getByText("The display is dark. Press the token's button first."))
      .toBeVisible();
  });

  it("explains that the worker did not start, and tries again", async () => {
    let tries = 0;
    await place({
      start: () => {
        tries += 1;
        if (tries === 1) throw new MfaError("worker-lost", "no worker");
        return startDemoService();
      },
    });
    await expect.element(page.getByRole("alert").filter({ hasText: "could not be started" })).toBeVisible();
    expect((await axe.run(app)).violations).toEqual([]);
    await button("Try again").click();
    await expect.element(button("Fill in for the root user")).toBeVisible();
  });

  it("starts over even when it could not start, and says when another tab stands in the way", async () => {
    let works = false;
    await place({
      start: () => {
        if (!works) throw new MfaError("store-corrupt", "damaged");
        return startDemoService();
      },
    });
    const otherTab = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(DEMO_DATABASE);
      request.addEventListener("success", () => resolve(request.result));
    });
    await button("Start over").click();
    await button("Delete the demo data").click();
    await expect.element(page.getByRole("alert").filter({ hasText: "open in another tab" })).toBeVisible();
    otherTab.close();
    works = true;
    await button("Try again").click();
    await expect.element(page.getByText("12 sample tokens were imported.")).toBeVisible();
  });

  it("starts over after asking", async () => {
    await place();
    await page.getByLabelText("Seconds ahead").fill("90");
    await signIn();
    await expect.element(heading("Welcome back")).toBeVisible();
    await button("Start over").click();
    await expect.element(page.getByRole("dialog", { name: "Start the demo over?" })).toBeVisible();
    await button("Cancel").click();
    await expect.element(heading("Welcome back")).toBeVisible();
    await button("Start over").click();
    await button("Delete the demo data").click();
    await expect.element(page.getByText("12 sample tokens were imported.")).toBeVisible();
    await expect.element(page.getByText("It is right. One step is 30 s.")).toBeVisible();
    expect(sessionStorage.length).toBe(0);
  });
});
