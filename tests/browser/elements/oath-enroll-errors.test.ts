import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathEnroll } from "../../../src/elements/oath-enroll.ts";
import { IAM_CODES, MfaInputError } from "../../../src/mfa/errors.ts";
import { announced, deepActiveElement, focusedLabel, mount, refused, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);

const waiting = (seconds: number) => page.getByRole("button", { name: `Try again in ${seconds} s` });

async function submit(service: ScriptedMfaService): Promise<OathEnroll> {
  const element = await mount("oath-enroll", { userName: USER, service });
  await fill("Device name", "Blue-key-fob");
  await press("Next");
  await fill("Serial number", "OBDT10000017");
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", "287082");
  await press("Add MFA");
  return element;
}

const failing = (error: Error) => new ScriptedMfaService().expect("enableMfaDevice", error);

it.each([
  [refused("unknown-serial"), /We do not know this number/u],
  [refused("device-exists", { taken: "serial-number" }), /already in use/u],
])("shows at the serial number: %o", async (error, text) => {
  await submit(failing(error));

  await expect.element(page.getByLabelText("Serial number")).toHaveAccessibleDescription(text);
  await expect.poll(() => deepActiveElement()?.id).toBe("serial-number");
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("755224");
});

it.each([
  [refused("device-exists", { taken: "device-name" }), /already have a device with this name/u],
  [new MfaInputError("invalid-device-name", "internal detail"), /Use 1 to 64 letters/u],
])("goes back to the name: %o", async (error, text) => {
  await submit(failing(error));

  await expect.element(page.getByLabelText("Device name")).toHaveAccessibleDescription(text);
  await expect.element(page.getByLabelText("Device name")).toHaveValue("Blue-key-fob");
  await press("Next");
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
});

it.each([
  [refused("code-not-recognised"), /did not match/u],
  [refused("code-already-used"), /already used/u],
  [refused("codes-not-consecutive"), /do not follow each other/u],
  [refused("codes-not-consecutive", { reason: "swapped" }), /shown before the first/u],
  [refused("codes-not-consecutive", { reason: "skipped" }), /left out/u],
  [refused("codes-not-consecutive", { reason: "too-old" }), /too old/u],
  [refused("codes-not-consecutive", { reason: "too-new" }), /ahead of the time here/u],
])("asks for two new codes: %o", async (error, text) => {
  await submit(failing(error));

  await expect.element(page.getByLabelText("MFA code 1")).toHaveAccessibleDescription(text);
  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("");
  await expect.element(page.getByLabelText("MFA code 2")).toHaveValue("");
  await expect.poll(focusedLabel).toBe("MFA code 1");
});

it("keeps the first code when the second was the same", async () => {
  await submit(failing(refused("same-code-twice")));

  await expect
    .element(page.getByLabelText("MFA code 2"))
    .toHaveAccessibleDescription(/still the first code/u);
  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("755224");
  await expect.poll(focusedLabel).toBe("MFA code 2");
});

it("runs the wait down, keeps the fields usable and lets the next attempt through", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: 1000 });
  const service = failing(refused("too-many-attempts", { retryAfterMs: 15_000 })).expect(
    "enableMfaDevice",
    makeDevice(),
  );
  const element = await submit(service);

  await expect.element(waiting(15)).toHaveAttribute("aria-disabled", "true");
  expect(announced(element).assertive).toContain("You can try again in 15 s.");
  (waiting(15).element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  expect(service.calls).toHaveLength(1);
  vi.advanceTimersByTime(5000);
  await expect.element(waiting(10)).toBeVisible();
  await fill("MFA code 2", "359152");
  vi.advanceTimersByTime(10_000);

  await press("Add MFA");
  await expect.element(page.getByText("Token added", { exact: true })).toBeVisible();
  service.assertFinished();
});

const AT_TOP = [
  "limit-exceeded",
  "locked",
  "vault-locked",
  "wrong-passphrase",
  "store-corrupt",
  "store-full",
  "worker-lost",
  "busy",
] as const satisfies readonly (keyof typeof IAM_CODES)[];

it.each(AT_TOP)("shows %s above the fields and keeps them", async (code) => {
  const element = await submit(failing(refused(code)));

  await expect
    .poll(() => element.shadowRoot?.querySelector(".alert")?.textContent?.trim())
    .toBe(element.text.errors[code]({ digits: 6, nextCodeIn: null, retryIn: "", taken: undefined }));
  expect(announced(element).assertive).not.toBe("");
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
  await expect.element(page.getByLabelText("MFA code 2")).toHaveValue("287082");
});

it("says that the token was added when the worker was lost after storing it", async () => {
  const service = failing(refused("worker-lost"));
  service.devices = [makeDevice({ enabledAtMs: Date.now() })];
  const element = await submit(service);

  await expect.element(page.getByText("Token added", { exact: true })).toBeVisible();
  expect(announced(element).polite).toContain("Token added.");
  service.assertFinished();
});

it("shows nothing of an unforeseen error's inside", async () => {
  const element = await submit(failing(new Error("internal detail")));

  await expect
    .poll(() => element.shadowRoot?.querySelector(".alert")?.textContent)
    .toContain("Something went wrong");
  expect(element.shadowRoot?.textContent).not.toContain("internal detail");
});
