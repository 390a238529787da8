import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { MfaErrorCode } from "../../src/mfa/errors.ts";
import { mount, refused, settle, USER } from "./elements.ts";
import { INVENTORY_STATES } from "./inventory-states.ts";
import { TOKEN_STATES } from "./token-states.ts";
import { makeDevice, ScriptedMfaService } from "./scripted-mfa-service.ts";

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);
const LOCKED = makeDevice({ deviceName: "Spare", serialNumber: "A-2", state: "locked" });
const LOST = makeDevice({ deviceName: "Drawer", serialNumber: "A-3", state: "out-of-sync" });

async function secondStep(service = new ScriptedMfaService()): Promise<void> {
  await mount("oath-enroll", { userName: USER, service });
  await fill("Device name", "Blue-key-fob");
  await press("Next");
}

async function addToken(service: ScriptedMfaService): Promise<void> {
  await secondStep(service);
  await fill("Serial number", "OBDT10000017");
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", "287082");
  await press("Add MFA");
  await expect.poll(() => service.calls).toHaveLength(1);
  await expect.element(page.getByText("Adding…")).not.toBeInTheDocument();
}

async function devices(...list: ReturnType<typeof makeDevice>[]): Promise<void> {
  const service = new ScriptedMfaService();
  service.devices = list;
  await settle(await mount("oath-devices", { userName: USER, service }));
}

async function signIn(code: MfaErrorCode): Promise<void> {
  const service = new ScriptedMfaService().expect("verifyCode", refused(code, { retryAfterMs: 9000 }));
  service.devices = [makeDevice(), LOCKED];
  await mount("oath-verify", { userName: USER, service });
  await fill("MFA code", "755224");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => service.calls).toHaveLength(1);
  await expect.element(page.getByText("Checking…")).not.toBeInTheDocument();
}

async function resync(properties: object): Promise<void> {
  const service = new ScriptedMfaService();
  await mount("oath-resync", { userName: USER, service, ...properties });
}

/** Puts each state of each element on the page, ready to be looked at. */
export const ELEMENT_STATES: Record<string, () => Promise<unknown>> = {
  "a code field": () => mount("oath-code", { label: "MFA code", hint: "Press the button." }),
  "a code field without a label": () => mount("oath-code", {}),
  "a code field with an error": async () => {
    const element = await mount("oath-code", { label: "MFA code", error: "That code did not match." });
    element.value = "755224";
  },
  "a code field that is checked": async () => {
    const element = await mount("oath-code", { label: "MFA code", busy: true });
    element.value = "755224";
  },
  "a code field with a refused letter": async () => {
    await mount("oath-code", { label: "MFA code" });
    await userEvent.type(page.getByLabelText("MFA code"), "75x");
  },
  "a countdown": () => mount("oath-countdown"),
  "step 1": () => mount("oath-enroll", { userName: USER }),
  "step 1 with an error": async () => {
    await mount("oath-enroll", { userName: USER });
    await press("Next");
  },
  "step 2": () => secondStep(),
  "step 2 with the same code twice": async () => {
    await secondStep();
    await fill("MFA code 1", "755224");
    await fill("MFA code 2", "755224");
  },
  "step 2 with an unknown number": () =>
    addToken(new ScriptedMfaService().expect("enableMfaDevice", refused("unknown-serial"))),
  "step 2 with an alert": () =>
    addToken(new ScriptedMfaService().expect("enableMfaDevice", refused("vault-locked"))),
  "step 2 with a wait": () =>
    addToken(
      new ScriptedMfaService().expect(
        "enableMfaDevice",
        refused("too-many-attempts", { retryAfterMs: 9000 }),
      ),
    ),
  "the added token": () => addToken(new ScriptedMfaService().expect("enableMfaDevice", makeDevice())),
  "a resync": () => resync({ device: makeDevice() }),
  "a resync of a locked token": () => resync({ device: LOCKED }),
  "a sign-in with a used code": () => signIn("code-already-used"),
  "a sign-in with a drifted token": () => signIn("out-of-sync"),
  "a sign-in that has to wait": () => signIn("too-many-attempts"),
  "no devices": () => devices(),
  "devices in every state": () => devices(makeDevice(), LOCKED, LOST),
  "the question before a removal": async () => {
    await devices(makeDevice());
    await press("Remove");
    await expect.element(page.getByRole("dialog")).toBeVisible();
  },
  "the wizard in the list": async () => {
    await devices(makeDevice());
    await press("Assign MFA device");
  },
  ...TOKEN_STATES,
  ...INVENTORY_STATES,
};
