import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import type { ConsoleApp } from "../../../src/console/app.ts";
import { DEMO_DATABASE } from "../../../src/console/demo-service.ts";
import { TokenDesk } from "../../../src/console/token-desk.ts";
import { ConsoleTokenSource } from "../../../src/console/token-source.ts";
import { UsbPort } from "../../../src/console/usb-port.ts";
import { pageSurroundings } from "../../../src/console/usb-surroundings.ts";
import "../../../src/define.ts";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { findSampleSeed } from "../../../src/virtual/sample-inventory.ts";
import { ScriptedTokenSource } from "../../support/scripted-token-source.ts";

let app: ConsoleApp;
let port: UsbPort;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const press = (name: string) => userEvent.click(button(name));
const topOf = (label: string) =>
  page.getByLabelText(label, { exact: true }).element().getBoundingClientRect().top;
const code = (number: number) => page.getByLabelText(`MFA code ${number}`);

async function open(hash: string): Promise<void> {
  history.replaceState(null, "", hash);
  port = new UsbPort(pageSurroundings);
  app = document.createElement("console-app");
  app.desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
  app.tokenSource = new ConsoleTokenSource(new ScriptedTokenSource(), port);
  document.body.append(app);
  await press("Fill in for the root user");
  await press("Next");
  await press("Sign in");
}

async function choose(model: string): Promise<void> {
  await userEvent.selectOptions(page.getByLabelText("Model"), model);
}

async function openSecondStep(): Promise<void> {
  await press("Assign MFA device");
  await userEvent.fill(page.getByLabelText("Device name"), "usb-token");
  await press("Next");
}

const stepNow = () => Math.floor(Date.now() / 30_000);

/** The code of a sample token in a time step. */
async function codeOf(serialNumber: string, step = stepNow()): Promise<string> {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new Error(`${serialNumber} is not in the sample box`);
  return (await createOtpEngine()).code(seed, step);
}

/** The code as the list shows it, in two groups; it may just have changed. */
async function expectCodeShown(serialNumber: string): Promise<void> {
  await expect
    .poll(async () => {
      const text = (app.shadowRoot?.querySelector("oath-token")?.shadowRoot?.textContent ?? "").replace(
        /\s/gu,
        "",
      );
      return text.includes(await codeOf(serialNumber));
    })
    .toBe(true);
}

/** The transitions under way, in shadow trees as well. */
function transitionsIn(root: Document | ShadowRoot): Animation[] {
  const own = root.getAnimations().filter((animation) => animation instanceof CSSTransition);
  const roots = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return [...own, ...roots.flatMap(transitionsIn)];
}

/** What axe finds once colours have stopped fading from one to the other. */
async function violations(): Promise<string[]> {
  await Promise.allSettled(transitionsIn(document).map(({ finished }) => finished));
  const found = await axe.run(app);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

beforeEach(async () => {
  await page.viewport(1280, 900);
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(async () => {
  document.body.replaceChildren();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DEMO_DATABASE);
    request.addEventListener("success", resolve);
    request.addEventListener("error", () => reject(new Error("not deleted", { cause: request.error })));
  });
});

describe("the page of USB tokens", () => {
  it("is reached from the navigation, and explains where a virtual token is", async () => {
    await open("#/home");
    await userEvent.click(page.getByRole("navigation").getByRole("link", { name: "USB tokens" }));
    await expect.element(page.getByRole("heading", { name: "USB tokens", level: 1 })).toBeVisible();
    expect(document.title).toBe("USB tokens – oath-bridge console");
    await expect.element(page.getByText("Not plugged in.")).toBeVisible();
    expect(await violations()).toEqual([]);
    // The socket is on top of the panel on this page, at its foot on the others.
    expect(topOf("Model")).toBeLessThan(topOf("Sample token"));
    await userEvent.click(page.getByRole("navigation").getByRole("link", { name: "Home" }));
    await expect.poll(() => topOf("Model") - topOf("Sample token")).toBeGreaterThan(0);
  });

  it("fits a narrow screen", async () => {
    await page.viewport(320, 700);
    await open("#/usb-tokens");
    await expect.element(page.getByRole("heading", { name: "USB tokens", level: 1 })).toBeVisible();
    await press("Show the virtual token");
    await press("Plug in");
    await expectCodeShown("OBDT10000024");
    expect(document.documentElement.scrollWidth).toBe(320);
    const aside = app.shadowRoot?.querySelector("aside");
    expect(aside?.scrollWidth).toBe(aside?.clientWidth);
  });

  it.each([
    ["Virtual CanoKey", "OBDT10000024"],
    ["Virtual Pico FIDO", "OBDT10000031"],
    ["Virtual Nitrokey Pro", "OBDT10000048"],
  ])("lists the accounts of a %s that is plugged in, with the sample token's codes", async (name, serial) => {
    await open("#/usb-tokens");
    await choose(name);
    await press("Plug in");
    await expect.element(page.getByText(`Plugged in. Its serial number is ${serial}.`)).toBeVisible();
    await expectCodeShown(serial);
    expect(await violations()).toEqual([]);

    await press("Pull out");
    await expect.element(page.getByText("Not plugged in.")).toBeVisible();
    await expect.element(page.getByText("Token removed.").first()).toBeVisible();
    expect(await violations()).toEqual([]);

    await press("Plug in");
    await expectCodeShown(serial);
  });

  it("shows a code after the token was touched", async () => {
    await open("#/usb-tokens");
    // Not disabled: a press says why nothing happens. The test driver would wait for an enabled button.
    (button("Touch").element() as HTMLButtonElement).click();
    await expect.element(page.getByText("Nothing to touch for: it is not blinking.")).toBeVisible();
    await press("Plug in");
    await expectCodeShown("OBDT10000024");
    await userEvent.click(page.getByRole("button", { name: /^Show code/u }));
    await expect.element(page.getByText("Touch the token now").first()).toBeVisible();
    await expect.element(page.getByText("It blinks. Touch it now.")).toBeVisible();
    expect(await violations()).toEqual([]);

    await press("Touch");

    await expect.element(page.getByRole("button", { name: /^Show code/u })).not.toBeInTheDocument();
    await expect.element(page.getByText("It blinks. Touch it now.")).not.toBeInTheDocument();
  });

  it("shows a blinking token's controls, and a plugged one's when the panel is shown again", async () => {
    await open("#/usb-tokens");
    await choose("Virtual CanoKey");
    await press("Plug in");
    await expectCodeShown("OBDT10000024");
    await choose("Virtual Pico FIDO");
    await expect.element(page.getByText("Not plugged in.")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: /^Show code/u }));
    await expect.element(page.getByLabelText("Model")).toHaveValue("canokey");
    await press("Touch");
    await press("Pull out");
    await choose("Virtual Nitrokey Pro");
    await press("Plug in");
    await press("Hide the virtual token");
    await press("Show the virtual token");
    await expect.element(page.getByLabelText("Model")).toHaveValue("nitrokey");
  });

  it("empties the sockets when the demo starts over", async () => {
    await open("#/usb-tokens");
    await press("Plug in");
    await expectCodeShown("OBDT10000024");
    await press("Start over");
    await press("Delete the demo data");
    await expect.element(page.getByText("12 sample tokens were imported.")).toBeVisible();
    await expect.element(page.getByText("Not plugged in.")).toBeVisible();
    expect(await app.tokenSource?.grantedTokens()).toEqual([]);
  });
});

describe("the wizard with a virtual USB token", () => {
  it("reads serial number and both codes, and the inventory takes them", async () => {
    await open("#/security-credentials");
    await choose("Virtual Pico FIDO");
    await press("Plug in");
    await openSecondStep();
    await press("Read from token");
    await expect
      .element(page.getByText("Read from Virtual Pico FIDO, oath-bridge:OBDT10000031").first())
      .toBeVisible();
    await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000031");
    await press("Add MFA");
    await expect.element(page.getByRole("heading", { name: "Token added" })).toBeVisible();
  });

  it("takes the account that needs a touch", async () => {
    await open("#/security-credentials");
    await press("Plug in");
    await openSecondStep();
    await press("Read from token");
    await press("oath-bridge:OBDT10000024 with touch");
    for (let touches = 0; touches < 2; touches += 1) {
      await expect.element(page.getByText("It blinks. Touch it now.")).toBeVisible();
      await press("Touch");
    }
    await press("Add MFA");
    await expect.element(page.getByRole("heading", { name: "Token added" })).toBeVisible();
  });

  it("goes on by hand when the token is pulled out while it waits for a touch", async () => {
    await open("#/security-credentials");
    await press("Plug in");
    await openSecondStep();
    await press("Read from token");
    await press("oath-bridge:OBDT10000024 with touch");
    await expect.element(page.getByText("It blinks. Touch it now.")).toBeVisible();
    // The panel is longer than the screen, and comes to where the touch is.
    await expect.element(button("Touch")).toBeInViewport();
    await press("Pull out");
    await expect.element(page.getByText("The token was taken out.").first()).toBeVisible();
    await userEvent.fill(page.getByLabelText("Serial number"), "OBDT10000024");
    const step = stepNow();
    await userEvent.fill(code(1), await codeOf("OBDT10000024", step - 1));
    await userEvent.fill(code(2), await codeOf("OBDT10000024", step));
    await press("Add MFA");
    await expect.element(page.getByRole("heading", { name: "Token added" })).toBeVisible();
  });

  it("opens at once again after a touch was cancelled", async () => {
    await open("#/security-credentials");
    await press("Plug in");
    await openSecondStep();
    await press("Read from token");
    await press("oath-bridge:OBDT10000024 with touch");
    await expect.element(page.getByText("It blinks. Touch it now.")).toBeVisible();
    const cancel = app.shadowRoot
      ?.querySelector("console-credentials")
      ?.shadowRoot?.querySelector("oath-devices")
      ?.shadowRoot?.querySelector("oath-enroll")
      ?.shadowRoot?.querySelector(".touch button");
    if (!cancel) throw new Error("nothing to cancel the touch with");
    await userEvent.click(cancel);
    await expect.element(page.getByText("Reading stopped.").first()).toBeVisible();
    await press("Read from token");
    await expect.element(button("oath-bridge:OBDT10000024")).toBeVisible();
    await press("oath-bridge:OBDT10000024");
    await expect.element(code(2)).not.toHaveValue("");
  });
});
