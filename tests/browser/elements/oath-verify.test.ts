import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathVerifiedEvent } from "../../../src/elements/events.ts";
import type { OathVerify } from "../../../src/elements/oath-verify.ts";
import type { Verification, VerifyCodeRequest } from "../../../src/mfa/contract.ts";
import {
  announced,
  deepActiveElement,
  focusedLabel,
  later,
  mount,
  refused,
  settle,
  USER,
} from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const VERIFICATION: Verification = {
  userName: USER,
  deviceName: "Blue-key-fob",
  serialNumber: "OBDT10000017",
  driftSteps: 0,
  verifiedAtMs: 0,
};
const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const enter = (code: string) => userEvent.fill(page.getByLabelText("MFA code"), code);
const described = (text: RegExp) =>
  expect.element(page.getByLabelText("MFA code")).toHaveAccessibleDescription(text);

async function open(service: ScriptedMfaService): Promise<OathVerify> {
  if (service.devices.length === 0) service.devices = [makeDevice()];
  const element = await mount("oath-verify", { userName: USER, service });
  await element.refresh();
  await settle(element);
  return element;
}

async function submit(code: string): Promise<void> {
  await enter(code);
  await userEvent.keyboard("{Enter}");
}

it("accepts a code by Enter, busy until the answer is there", async () => {
  const answer = later<Verification>();
  const service = new ScriptedMfaService().expect("verifyCode", answer.promise);
  const element = await open(service);
  const events: OathVerifiedEvent[] = [];
  element.addEventListener("oath-verified", (event) => events.push(event));

  await submit("755 224");
  await expect
    .element(page.getByRole("button", { name: "Checking…" }))
    .toHaveAttribute("aria-disabled", "true");
  await expect.element(page.getByLabelText("MFA code")).toHaveAttribute("readonly");
  await userEvent.keyboard("{Enter}");
  answer.resolve(VERIFICATION);

  await expect.element(page.getByRole("heading", { name: "Code accepted" })).toBeVisible();
  expect(events.map(({ verification }) => verification)).toEqual([VERIFICATION]);
  expect(announced(element).polite).toBe("Code accepted");
  expect(service.calls).toHaveLength(1);
  expect(service.calls[0]?.request).toMatchObject({
    userName: USER,
    serialNumber: "OBDT10000017",
    code: { code: "755224" },
  });
});

it("offers the devices, last used first, each with its own digits", async () => {
  const service = new ScriptedMfaService().expect("verifyCode", VERIFICATION);
  service.devices = [
    makeDevice({ deviceName: "Old", serialNumber: "A-1", lastUsedAtMs: 1000 }),
    makeDevice({ deviceName: "Recent", serialNumber: "A-2", lastUsedAtMs: 9000 }),
    makeDevice({ deviceName: "Eight", serialNumber: "A-3", digits: 8 }),
  ];
  const element = await open(service);
  const options = page.getByLabelText("MFA device").element().querySelectorAll("option");
  expect([...options].map(({ textContent }) => textContent?.trim())).toEqual(["Recent", "Old", "Eight"]);

  await userEvent.selectOptions(page.getByLabelText("MFA device"), "Eight");
  await settle(element);
  await submit("84755224");

  await expect.poll(() => service.calls).toHaveLength(1);
  expect(service.calls[0]?.request).toMatchObject({ serialNumber: "A-3" });
});

it("asks for the digits that are missing, without a call", async () => {
  const service = new ScriptedMfaService();
  await open(service);
  await enter("755");
  await press("Sign in");

  await described(/Enter the 6 digits/u);
  await expect.poll(focusedLabel).toBe("MFA code");
  expect(service.calls).toEqual([]);
});

it("tells how long until the code after a used one, and when it is there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 18_000 });
  const element = await open(new ScriptedMfaService().expect("verifyCode", refused("code-already-used")));
  await submit("755224");

  await described(/^This code was already used. The next one appears in about 12 s\.$/u);
  await expect.element(page.getByRole("timer")).toBeVisible();
  vi.advanceTimersByTime(2000);
  await described(/in about 10 s\.$/u);
  vi.advanceTimersByTime(10_000);
  await expect.poll(() => announced(element).polite).toBe("The display should show a new code now.");
  await described(/^$/u);
});

it("advises to check the clock from the second miss on", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 24, 14, 5) });
  const service = new ScriptedMfaService()
    .expect("verifyCode", refused("code-not-recognised"))
    .expect("verifyCode", refused("code-not-recognised"));
  const element = await open(service);

  await submit("755224");
  await described(/try the current code\.$/u);
  await submit("287082");
  await described(/the time on this computer is right: 14:05\.$/u);
  expect(announced(element).assertive).toContain("14:05");
  // Selected, so that the next code is typed over it.
  const field = page.getByLabelText("MFA code").element() as HTMLInputElement;
  await expect.poll(() => [field.selectionStart, field.selectionEnd]).toEqual([0, 6]);
});

it("leads from a drifted token to the resync and back to a fresh code", async () => {
  const service = new ScriptedMfaService()
    .expect("verifyCode", refused("out-of-sync", { serialNumber: "OBDT10000017" }))
    .expect("resyncMfaDevice", makeDevice({ driftSteps: 6 }))
    .expect("verifyCode", VERIFICATION);
  const element = await open(service);
  const outside: string[] = [];
  for (const type of ["oath-resynced", "oath-done", "oath-cancel"]) {
    element.addEventListener(type, () => outside.push(type));
  }

  await submit("755224");
  await expect.poll(() => element.shadowRoot?.querySelector(".alert")?.textContent).toContain("has drifted");
  await press("Resync");
  expect(deepActiveElement()?.textContent).toBe("Resync Blue-key-fob");
  await userEvent.fill(page.getByLabelText("MFA code 1"), "287082");
  await userEvent.fill(page.getByLabelText("MFA code 2"), "359152");
  await press("Resync");
  await press("Done");

  await expect
    .element(page.getByText("Enter the next code it shows.", { exact: false }).first())
    .toBeVisible();
  await expect.poll(focusedLabel).toBe("MFA code");
  expect(outside).toEqual(["oath-resynced"]);
  await submit("969429");
  await expect.element(page.getByRole("heading", { name: "Code accepted" })).toBeVisible();
  service.assertFinished();
});

it("asks three codes of a locked token", async () => {
  await open(
    new ScriptedMfaService().expect("verifyCode", refused("locked", { serialNumber: "OBDT10000017" })),
  );
  await submit("755224");
  await press("Resync");

  await expect.element(page.getByLabelText("MFA code 3")).toBeVisible();
});

it("opens the resync from the trouble link, and comes back by Cancel", async () => {
  await open(new ScriptedMfaService());
  await press("Trouble with your token?");
  await expect.element(page.getByLabelText("MFA code 2")).toBeVisible();
  await press("Cancel");

  await expect.poll(focusedLabel).toBe("MFA code");
});

it("runs the wait down and keeps the field usable", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: 1000 });
  const service = new ScriptedMfaService()
    .expect("verifyCode", refused("too-many-attempts", { retryAfterMs: 15_000 }))
    .expect("verifyCode", VERIFICATION);
  const element = await open(service);
  await submit("755224");
  await expect.element(page.getByRole("button", { name: "Try again in 15 s" })).toBeVisible();

  await submit("287082");
  expect(service.calls).toHaveLength(1);
  expect(announced(element).polite).toContain("You can try again in 15 s.");
  vi.advanceTimersByTime(15_000);
  expect(page.getByLabelText("MFA code").element()).toHaveProperty("value", "287082");
  await press("Sign in");

  await expect.element(page.getByRole("heading", { name: "Code accepted" })).toBeVisible();
});

it.each(["vault-locked", "worker-lost", "unknown-serial", "busy"] as const)(
  "shows %s above the field",
  async (code) => {
    const element = await open(new ScriptedMfaService().expect("verifyCode", refused(code)));
    await submit("755224");

    const text = element.text.errors[code]({ digits: 6, nextCodeIn: null, retryIn: "", taken: undefined });
    await expect.poll(() => element.shadowRoot?.querySelector(".alert")?.textContent?.trim()).toBe(text);
    expect(announced(element).assertive).toBe(text);
  },
);

it("says when there is no device, and when the list cannot be read", async () => {
  const service = new ScriptedMfaService();
  const element = await mount("oath-verify", { userName: USER, service });
  await expect.element(page.getByText("No MFA device is assigned to this account.")).toBeVisible();

  service.listError = refused("worker-lost");
  await element.refresh();
  await expect
    .poll(() => element.shadowRoot?.querySelector(".alert")?.textContent)
    .toContain("The check stopped");
});

it("draws again when the user changes", async () => {
  const service = new ScriptedMfaService();
  service.devices = [makeDevice(), makeDevice({ deviceName: "Two", serialNumber: "A-2" })];
  const element = await mount("oath-verify", { userName: "somebody", service });
  expect(page.getByLabelText("MFA device").elements()).toHaveLength(0);

  element.userName = USER;

  await expect.element(page.getByLabelText("MFA device")).toBeVisible();
});

it("emits what it collected where there is no service", async () => {
  const element = await mount("oath-verify", { userName: USER });
  let request: VerifyCodeRequest | undefined;
  element.addEventListener("oath-verify-submit", (event) => (request = event.request));
  await submit("755224");

  expect(request).toMatchObject({ userName: USER, code: { code: "755224" } });
});
