import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathResyncedEvent } from "../../../src/elements/events.ts";
import type { MfaDevice, ResyncMfaDeviceRequest } from "../../../src/mfa/contract.ts";
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

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);

async function fillTwo(): Promise<void> {
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", "287082");
}

it("finds the drift and says it before and after", async () => {
  const service = new ScriptedMfaService().expect("resyncMfaDevice", makeDevice({ driftSteps: 6 }));
  const element = await mount("oath-resync", { userName: USER, service, device: makeDevice() });
  const events: OathResyncedEvent[] = [];
  element.addEventListener("oath-resynced", (event) => events.push(event));
  await expect.element(page.getByText("OBDT10000017")).toBeVisible();

  await fillTwo();
  await press("Resync");

  await expect
    .element(page.getByText("Before: in step. Now: 3 min ahead, and corrected for.", { exact: true }))
    .toBeVisible();
  expect(deepActiveElement()?.textContent).toBe("Token resynced");
  expect(announced(element).polite).toContain("Token resynced.");
  expect(events[0]).toMatchObject({ previousDriftSteps: 0, device: { driftSteps: 6 } });
  expect(service.calls[0]?.request).toMatchObject({ userName: USER, serialNumber: "OBDT10000017" });
});

it("looks the drift up where only the number is given", async () => {
  const service = new ScriptedMfaService().expect("resyncMfaDevice", makeDevice({ driftSteps: 0 }));
  service.devices = [makeDevice({ driftSteps: -2 })];
  await mount("oath-resync", { userName: USER, service, serialNumber: "OBDT10000017" });

  await fillTwo();
  await userEvent.keyboard("{Enter}");

  await expect.element(page.getByText("Before: 1 min behind. Now: in step.", { exact: true })).toBeVisible();
});

it("asks a locked token for three codes, and draws again when the device changes", async () => {
  const locked = makeDevice({ state: "locked", digits: 8 });
  const service = new ScriptedMfaService().expect("resyncMfaDevice", makeDevice());
  const element = await mount("oath-resync", { userName: USER, service, device: makeDevice() });
  expect(page.getByRole("textbox").elements()).toHaveLength(2);
  element.device = locked;
  await settle(element);
  expect(page.getByRole("textbox").elements()).toHaveLength(3);

  await fill("MFA code 1", "84755224");
  await fill("MFA code 2", "94287082");
  await fill("MFA code 3", "37359152");
  await press("Resync");

  await expect.element(page.getByRole("heading", { name: "Token resynced" })).toBeVisible();
  expect(service.calls[0]?.request).toMatchObject({
    codes: [{ code: "84755224" }, { code: "94287082" }, { code: "37359152" }],
  });
});

it("offers the wide search after a miss", async () => {
  const service = new ScriptedMfaService().expect("resyncMfaDevice", refused("code-not-recognised"));
  await mount("oath-resync", { userName: USER, service, device: makeDevice() });

  await fillTwo();
  await press("Resync");
  await expect.element(page.getByLabelText("MFA code 1")).toHaveAccessibleDescription(/did not match/u);
  await expect.poll(focusedLabel).toBe("MFA code 1");
  await press("Use three codes instead");

  await expect.element(page.getByLabelText("MFA code 3")).toBeVisible();
  await expect.element(page.getByText("search a whole day", { exact: false })).toBeVisible();
});

it.each([
  ["same-code-twice", "MFA code 2", "755224"],
  ["codes-not-consecutive", "MFA code 1", ""],
] as const)("goes to the right field for %s", async (code, label, first) => {
  const service = new ScriptedMfaService().expect("resyncMfaDevice", refused(code));
  await mount("oath-resync", { userName: USER, service, device: makeDevice() });

  await fillTwo();
  await press("Resync");

  await expect.poll(focusedLabel).toBe(label);
  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue(first);
});

it("shows other errors above the fields, and waits where it must", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: 1000 });
  const service = new ScriptedMfaService()
    .expect("resyncMfaDevice", refused("worker-lost"))
    .expect("resyncMfaDevice", refused("too-many-attempts", { retryAfterMs: 2000 }));
  const element = await mount("oath-resync", { userName: USER, service, device: makeDevice() });
  await fillTwo();
  await press("Resync");
  await expect
    .poll(() => element.shadowRoot?.querySelector(".alert")?.textContent)
    .toContain("The check stopped");

  await press("Resync");
  await expect.element(page.getByRole("button", { name: "Try again in 2 s" })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(service.calls).toHaveLength(2);
  vi.advanceTimersByTime(2000);
  await expect
    .element(page.getByRole("button", { name: "Resync" }))
    .toHaveAttribute("aria-disabled", "false");
  expect(announced(element).polite).toBe("You can try again now.");
});

it("asks a counter token for presses instead of waiting", async () => {
  const device = makeDevice({ type: "hotp" });
  const service = new ScriptedMfaService().expect("resyncMfaDevice", device);
  const element = await mount("oath-resync", { userName: USER, service, device });
  expect(page.getByRole("timer").elements()).toHaveLength(0);

  await fill("MFA code 1", "755224");
  expect(announced(element).polite).toContain("Press the token's button");
  await fill("MFA code 2", "287082");
  await press("Resync");

  await expect.element(page.getByText("Your token's counter is in step.", { exact: true })).toBeVisible();
});

it("shows nothing of an answer that comes after Cancel", async () => {
  const answer = later<MfaDevice>();
  const service = new ScriptedMfaService().expect("resyncMfaDevice", answer.promise);
  const element = await mount("oath-resync", { userName: USER, service, device: makeDevice() });
  const events: string[] = [];
  for (const type of ["oath-cancel", "oath-resynced"])
    element.addEventListener(type, () => events.push(type));
  await fillTwo();
  await press("Resync");
  await press("Cancel");
  answer.resolve(makeDevice({ driftSteps: 6 }));

  await expect.poll(() => events).toEqual(["oath-cancel", "oath-resynced"]);
  await element.updateComplete;
  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("");
});

it("emits what it collected where there is no service", async () => {
  const element = await mount("oath-resync", { userName: USER, serialNumber: "OBDT10000017" });
  let request: ResyncMfaDeviceRequest | undefined;
  element.addEventListener("oath-resync-submit", (event) => (request = event.request));
  await fillTwo();
  await press("Resync");

  expect(request).toMatchObject({ userName: USER, serialNumber: "OBDT10000017" });
});
