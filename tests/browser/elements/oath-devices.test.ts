import { ContextProvider } from "@lit/context";
import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathRemovedEvent } from "../../../src/elements/events.ts";
import type { OathDevices } from "../../../src/elements/oath-devices.ts";
import { mfaServiceContext } from "../../../src/elements/service-context.ts";
import { announced, deepActiveElement, mount, refused, settle, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

const SPARE = makeDevice({ deviceName: "Spare", serialNumber: "OBDT10000025", driftSteps: -6 });
const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);
const dialog = () => page.getByRole("dialog");
const pressInDialog = (name: string) => userEvent.click(dialog().getByRole("button", { name }));

async function open(service: ScriptedMfaService): Promise<OathDevices> {
  const element = await mount("oath-devices", { userName: USER, service });
  await element.refresh();
  await settle(element);
  return element;
}

function serviceWith(...devices: ReturnType<typeof makeDevice>[]): ScriptedMfaService {
  const service = new ScriptedMfaService();
  service.devices = devices;
  return service;
}

it("lists name, type, identifier, dates and state", async () => {
  await open(serviceWith(makeDevice({ state: "locked", lastUsedAtMs: Date.UTC(2026, 10, 2, 12) }), SPARE));

  const headers = page
    .getByRole("columnheader")
    .elements()
    .map(({ textContent }) => textContent?.trim());
  expect(headers).toEqual([
    "Select",
    "Device name",
    "Type",
    "Identifier",
    "Created on",
    "Last used",
    "Status",
  ]);
  const cells = page.getByRole("row").nth(2).getByRole("cell").elements();
  expect(cells.slice(1).map((cell) => cell.textContent?.replace(/\s+/gu, " ").trim())).toEqual([
    "Spare",
    "Hardware TOTP token",
    "OBDT10000025",
    "Mar 14, 2026",
    "Not used yet",
    "Active Clock 3 min behind",
  ]);
  await expect.element(page.getByText("Locked")).toBeVisible();
  await expect.element(page.getByText("Nov 2, 2026", { exact: false })).toBeVisible();
  await expect
    .element(page.getByRole("heading", { level: 2 }))
    .toHaveTextContent("Multi-factor authentication (MFA) (2)");
});

it("says what no device means, and assigns one in place", async () => {
  const service = serviceWith();
  const element = await open(service);
  const enrolled = vi.fn<(event: Event) => void>();
  document.body.addEventListener("oath-enrolled", enrolled, { once: true });
  await expect.element(page.getByRole("heading", { name: "No MFA device" })).toBeVisible();

  await press("Assign MFA device");
  expect(deepActiveElement()?.textContent).toBe("Select MFA device");
  await fill("Device name", "Blue-key-fob");
  await press("Next");
  await fill("Serial number", "OBDT10000017");
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", "287082");
  service.expect("enableMfaDevice", makeDevice());
  service.devices = [makeDevice()];
  await press("Add MFA");
  await press("Done");

  await expect.element(page.getByRole("radio", { name: "Select Blue-key-fob" })).toBeChecked();
  expect(enrolled).toHaveBeenCalledOnce();
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Assign MFA device");
  expect(element.shadowRoot?.querySelector("oath-enroll")).toBeNull();
});

it("comes back from a cancelled wizard without a cancel of its own", async () => {
  const element = await open(serviceWith());
  const cancelled = vi.fn<(event: Event) => void>();
  element.addEventListener("oath-cancel", cancelled);
  await press("Assign MFA device");
  await press("Cancel");

  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Assign MFA device");
  expect(cancelled).not.toHaveBeenCalled();
});

it("resyncs the chosen device in place and goes back to its row", async () => {
  const service = serviceWith(makeDevice(), SPARE).expect("resyncMfaDevice", { ...SPARE, driftSteps: -4 });
  await open(service);
  await userEvent.click(page.getByRole("radio", { name: "Select Spare" }));
  await press("Resync");
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", "287082");
  await press("Resync");
  service.devices = [makeDevice(), { ...SPARE, driftSteps: -4 }];
  await press("Done");

  await expect.element(page.getByText("Clock 2 min behind")).toBeVisible();
  await expect.poll(() => deepActiveElement()?.getAttribute("aria-label")).toBe("Select Spare");
  expect(service.calls[0]?.request).toMatchObject({ serialNumber: "OBDT10000025" });
});

it("asks for a choice where there is one to make", async () => {
  const element = await open(serviceWith(makeDevice(), SPARE));
  await press("Resync");

  expect(announced(element).assertive).toBe("Choose a device in the list first.");
  expect(deepActiveElement()?.getAttribute("aria-label")).toBe("Select Blue-key-fob");
  await press("Remove");
  expect(dialog().elements()).toHaveLength(0);
});

it("removes after a question, and goes to the next row", async () => {
  const service = serviceWith(makeDevice(), SPARE).expect("deactivateMfaDevice", undefined);
  const element = await open(service);
  const removed: OathRemovedEvent[] = [];
  element.addEventListener("oath-removed", (event) => removed.push(event));
  await userEvent.click(page.getByRole("radio", { name: "Select Blue-key-fob" }));
  await press("Remove");

  await expect.element(dialog()).toHaveAccessibleName("Remove Blue-key-fob?");
  await expect.element(dialog()).toHaveTextContent("OBDT10000017");
  await expect.element(dialog()).not.toHaveTextContent("only MFA device");
  await pressInDialog("Remove");

  await expect.poll(() => deepActiveElement()?.getAttribute("aria-label")).toBe("Select Spare");
  expect(announced(element).polite).toBe("Removed Blue-key-fob.");
  expect(removed.map(({ serialNumber, deviceName }) => [serialNumber, deviceName])).toEqual([
    ["OBDT10000017", "Blue-key-fob"],
  ]);
  service.assertFinished();
});

it("says that it is the last one, and keeps it on Cancel", async () => {
  const service = serviceWith(makeDevice()).expect("deactivateMfaDevice", undefined);
  await open(service);
  await press("Remove");
  await expect.element(dialog()).toHaveTextContent("It is your only MFA device.");
  expect(deepActiveElement()?.textContent?.trim()).toBe("Cancel");
  await pressInDialog("Cancel");
  expect(service.calls).toEqual([]);

  await press("Remove");
  await pressInDialog("Remove");
  await expect.element(page.getByRole("heading", { name: "No MFA device" })).toBeVisible();
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Assign MFA device");
});

it("says in the question why a removal failed", async () => {
  await open(serviceWith(makeDevice()).expect("deactivateMfaDevice", refused("busy")));
  await press("Remove");
  await pressInDialog("Remove");

  await expect.element(dialog()).toHaveTextContent("Another change is being made right now.");
});

it("shows what changed elsewhere when it is looked at again", async () => {
  const service = serviceWith();
  const element = await open(service);
  service.devices = [makeDevice()];
  document.dispatchEvent(new Event("visibilitychange"));
  await expect.element(page.getByText("OBDT10000017")).toBeVisible();

  element.remove();
  const list = vi.spyOn(service, "listMfaDevices");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(list).not.toHaveBeenCalled();
});

it("says why the list cannot be read", async () => {
  const service = serviceWith();
  service.listError = refused("vault-locked");
  const element = await open(service);

  await expect.element(page.getByText("The token vault is locked.", { exact: false }).first()).toBeVisible();
  expect(announced(element).assertive).toContain("The token vault is locked.");

  service.listError = undefined;
  await press("Try again");
  await expect.element(page.getByRole("heading", { name: "No MFA device" })).toBeVisible();
});

it("takes the service of an ancestor, and draws again when it changes", async () => {
  const main = document.createElement("main");
  const provider = new ContextProvider(main, { context: mfaServiceContext });
  const element = Object.assign(document.createElement("oath-devices"), { userName: USER });
  main.append(element);
  document.body.append(main);
  await element.updateComplete;
  await expect.element(page.getByText("not connected", { exact: false })).toBeVisible();

  provider.setValue(serviceWith(makeDevice()));
  await expect.element(page.getByText("OBDT10000017")).toBeVisible();
  element.service = serviceWith(SPARE);
  await expect.element(page.getByText("OBDT10000025")).toBeVisible();
});
