import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathEnroll } from "../../../src/elements/oath-enroll.ts";
import type { EnableMfaDeviceRequest, MfaDevice } from "../../../src/mfa/contract.ts";
import { announced, deepActiveElement, later, mount, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);
const heading = () => page.getByRole("heading", { level: 2 });

const secondCodeError = () =>
  document.querySelector("oath-enroll")?.shadowRoot?.querySelectorAll("oath-code")[1]?.error;

async function openSecondStep(properties: Partial<OathEnroll>): Promise<OathEnroll> {
  const element = await mount("oath-enroll", { userName: USER, ...properties });
  await fill("Device name", "Blue-key-fob");
  await press("Next");
  return element;
}

async function fillSecondStep(second = "287082"): Promise<void> {
  await fill("Serial number", " OBDT10000017 ");
  await fill("MFA code 1", "755224");
  await fill("MFA code 2", second);
}

it("walks from the name to the added token", async () => {
  const device = makeDevice({ driftSteps: -6 });
  const service = new ScriptedMfaService().expect("enableMfaDevice", device);
  const element = await openSecondStep({ service });
  const events: Event[] = [];
  element.addEventListener("oath-enrolled", (event) => events.push(event));
  element.addEventListener("oath-done", (event) => events.push(event));

  await fillSecondStep();
  await press("Add MFA");

  await expect.element(heading()).toHaveTextContent("Token added");
  await expect
    .element(
      page.getByText("Your token runs about 3 min behind. That is normal and now corrected.", {
        exact: true,
      }),
    )
    .toBeVisible();
  expect(announced(element).polite).toContain("Token added.");
  expect(deepActiveElement()?.textContent).toBe("Token added");
  const request = service.calls[0]?.request as EnableMfaDeviceRequest;
  expect(request).toMatchObject({ userName: USER, deviceName: "Blue-key-fob", serialNumber: "OBDT10000017" });
  expect(request.codes.map(({ code }) => code)).toEqual(["755224", "287082"]);
  expect(request.codes[0].ageMs).toBeGreaterThan(request.codes[1].ageMs);

  await press("Done");
  expect(events.map(({ type }) => type)).toEqual(["oath-enrolled", "oath-done"]);
  expect((events[0] as Event & { device: MfaDevice }).device).toEqual(device);
  await expect.element(page.getByLabelText("Device name")).toHaveValue("");
});

it("says when the token's clock is right", async () => {
  await openSecondStep({ service: new ScriptedMfaService().expect("enableMfaDevice", makeDevice()) });
  await fillSecondStep();
  await userEvent.keyboard("{Enter}");

  await expect.element(page.getByText("Your token's clock is right.", { exact: true })).toBeVisible();
});

it.each(["", "mein Schlüssel", "x".repeat(65)])(
  "asks for another name than “%s” at the field",
  async (name) => {
    const element = await mount("oath-enroll", { userName: USER });
    if (name) await fill("Device name", name);
    await press("Next");

    await expect.element(page.getByLabelText("Device name")).toHaveAttribute("aria-invalid", "true");
    await expect
      .element(page.getByLabelText("Device name"))
      .toHaveAccessibleDescription(/Use 1 to 64 letters/u);
    await expect.poll(() => deepActiveElement()?.id).toBe("device-name");
    expect(announced(element).assertive).toContain("Use 1 to 64 letters");
  },
);

it("shows where it is, and goes to the heading of each step", async () => {
  await openSecondStep({});

  expect(deepActiveElement()?.textContent).toBe("Set up your hardware TOTP token");
  await expect.element(page.getByText("Step 2 of 2")).toBeVisible();
  const current = document.querySelector("oath-enroll")?.shadowRoot?.querySelector("[aria-current=step]");
  expect(current?.textContent).toBe("Set up device");

  await press("Previous");
  expect(deepActiveElement()?.textContent).toBe("Select MFA device");
  await expect.element(page.getByLabelText("Device name")).toHaveValue("Blue-key-fob");
});

it("offers hardware tokens only, and says so at the other types", async () => {
  await mount("oath-enroll", { userName: USER });

  await expect.element(page.getByRole("radio", { name: "Hardware TOTP token" })).toBeChecked();
  for (const name of ["Passkey or security key", "Authenticator app"]) {
    await expect.element(page.getByRole("radio", { name })).toBeDisabled();
    await expect.element(page.getByRole("radio", { name })).toHaveAccessibleDescription("Not offered here");
  }
});

it("says what is missing, field by field, and calls nothing", async () => {
  const service = new ScriptedMfaService();
  await openSecondStep({ service });

  await press("Add MFA");
  await expect.element(page.getByLabelText("Serial number")).toHaveAccessibleDescription(/Enter the number/u);
  await fill("Serial number", "OBDT10000017");
  await press("Add MFA");
  await expect.element(page.getByLabelText("MFA code 1")).toHaveAccessibleDescription(/Enter the 6 digits/u);
  await fill("MFA code 1", "755224");
  await press("Add MFA");
  await expect.element(page.getByLabelText("MFA code 2")).toHaveAccessibleDescription(/Enter the 6 digits/u);

  expect(service.calls).toEqual([]);
});

it("refuses the first code as the second at once, until a new one can be there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 18_000 });
  const service = new ScriptedMfaService();
  const element = await openSecondStep({ service });
  await fillSecondStep("755 224");

  expect(secondCodeError()).toBe("That is still the first code. The next one appears in about 12 s.");
  expect(announced(element).assertive).toContain("That is still the first code.");
  await press("Add MFA");
  expect(service.calls).toEqual([]);

  vi.advanceTimersByTime(2000);
  await expect
    .poll(secondCodeError)
    .toBe("That is still the first code. The next one appears in about 10 s.");
  vi.advanceTimersByTime(10_000);
  await expect.poll(secondCodeError).toBe("");
  expect(announced(element).polite).toBe("The display should show a new code now.");
});

it("speaks at three moments of the wait only", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 15_000 });
  const element = await openSecondStep({});
  const said: string[] = [];
  const note = async () => {
    await element.updateComplete;
    const { polite } = announced(element);
    if (polite !== said.at(-1)) said.push(polite);
  };

  await fill("MFA code 1", "755224");
  await note();
  for (let second = 0; second < 40; second += 1) {
    vi.advanceTimersByTime(1000);
    await note();
  }

  expect(said).toEqual([
    "Code entered. The next one appears in about 15 s.",
    "About 10 seconds to the next code.",
    "The display should show a new code now.",
  ]);
});

it("lets codes go that have become too old, and keeps name and number", async () => {
  const service = new ScriptedMfaService();
  const element = await openSecondStep({ service });
  const now = performance.now();
  await fillSecondStep();
  vi.spyOn(performance, "now").mockReturnValue(now + 130_000);
  await press("Add MFA");

  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("");
  await expect.element(page.getByLabelText("MFA code 2")).toHaveValue("");
  await expect.element(page.getByLabelText("MFA code 1")).toHaveAccessibleDescription(/too old by now/u);
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
  expect(announced(element).assertive).toContain("too old");
  expect(service.calls).toEqual([]);
});

it("emits what it collected where there is no service", async () => {
  const element = await openSecondStep({});
  let request: EnableMfaDeviceRequest | undefined;
  element.addEventListener("oath-enroll-submit", (event) => (request = event.request));

  await fillSecondStep();
  await press("Add MFA");

  expect(request).toMatchObject({ userName: USER, deviceName: "Blue-key-fob", serialNumber: "OBDT10000017" });
  expect(request?.codes.map(({ code }) => code)).toEqual(["755224", "287082"]);
});

it("leaves nothing behind when it is cancelled, even while the service is at work", async () => {
  const answer = later<MfaDevice>();
  const service = new ScriptedMfaService()
    .expect("enableMfaDevice", answer.promise)
    .expect("deactivateMfaDevice", undefined);
  const element = await openSecondStep({ service });
  const events: string[] = [];
  for (const type of ["oath-cancel", "oath-enrolled"])
    element.addEventListener(type, () => events.push(type));

  await fillSecondStep();
  await press("Add MFA");
  await expect
    .element(page.getByRole("button", { name: "Adding…" }))
    .toHaveAttribute("aria-disabled", "true");
  await press("Cancel");
  expect(events).toEqual([]);
  answer.resolve(makeDevice());

  await expect.poll(() => events).toEqual(["oath-cancel"]);
  service.assertFinished();
  await expect.element(page.getByLabelText("Device name")).toHaveValue("");
});

it("draws again when its texts change", async () => {
  const element = await mount("oath-enroll", { userName: USER });

  element.messages = { next: "Weiter" };
  await element.updateComplete;

  await expect.element(page.getByRole("button", { name: "Weiter" })).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Cancel" })).toBeVisible();
});
