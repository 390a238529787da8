import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { TokenInOtherTabError } from "../../../src/core/bridge-error.ts";
import "../../../src/define.ts";
import type { OathEnroll } from "../../../src/elements/oath-enroll.ts";
import type { EnableMfaDeviceRequest } from "../../../src/mfa/contract.ts";
import { announced, deepActiveElement, focusedLabel, later, mount, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
  UNREACHABLE,
} from "../../support/scripted-token-source.ts";

const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  for (const source of sources.splice(0)) {
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
    expect(source.watchers).toBe(0);
  }
});

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const code = (number: number) => page.getByLabelText(`MFA code ${number}`);
const step = (periodSeconds = 30) => Math.floor(Date.now() / 1000 / periodSeconds);

function sourceOf(...tokens: ScriptedToken[]): ScriptedTokenSource {
  const source = new ScriptedTokenSource(...tokens);
  sources.push(source);
  return source;
}

async function openSecondStep(
  tokenSource: ScriptedTokenSource,
  properties: Partial<OathEnroll> = {},
): Promise<OathEnroll> {
  const element = await mount("oath-enroll", { userName: USER, tokenSource, ...properties });
  await userEvent.fill(page.getByLabelText("Device name"), "Blue-key-fob");
  await press("Next");
  return element;
}

/** The fields hold two codes in a row of `credential`, whose time step may just have changed. */
async function expectPair(credential = makeCredential()): Promise<void> {
  await expect.element(code(1)).not.toHaveValue("");
  const first = (code(1).element() as HTMLInputElement).value;
  const second = (code(2).element() as HTMLInputElement).value;
  const now = step(credential.periodSeconds);
  const pairs = [now, now - 1].map((last) => [last - 1, last].map((at) => scriptedCode(credential, at)));
  expect(pairs).toContainEqual([first, second]);
}

it("has no button where the page wants none, nor where no token can be reached", async () => {
  await mount("oath-enroll", { userName: USER, tokenSource: null });
  await userEvent.fill(page.getByLabelText("Device name"), "Blue-key-fob");
  await press("Next");
  expect(page.getByRole("button", { name: "Read from token" }).elements()).toHaveLength(0);

  const source = sourceOf();
  source.catalogue = UNREACHABLE;
  await openSecondStep(source);
  expect(page.getByRole("button", { name: "Read from token" }).elements()).toHaveLength(0);
});

it("D14 reads both codes and the serial number at once, and leaves the sending to the person", async () => {
  const token = new ScriptedToken();
  const service = new ScriptedMfaService().expect("enableMfaDevice", makeDevice());
  const element = await openSecondStep(sourceOf(token), { service });

  await press("Read from token");

  await expect.element(page.getByText("Read from CanoKey, AWS:root").first()).toBeVisible();
  expect(announced(element).polite).toBe("Read from CanoKey, AWS:root");
  await expectPair();
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("0A1B2C3D");
  await expect
    .element(page.getByLabelText("Serial number"))
    .toHaveAccessibleDescription(/Read from the token\. Change it if/u);
  expect(token.sessions).toBe(0);
  expect(service.calls).toEqual([]);
  expect(focusedLabel()).toBe("MFA code 2");

  await press("Add MFA");
  await expect.element(page.getByRole("heading", { name: "Token added" })).toBeVisible();
  const request = service.calls[0]?.request as EnableMfaDeviceRequest;
  expect(request.serialNumber).toBe("0A1B2C3D");
  expect(request.codes[0].ageMs - request.codes[1].ageMs).toBeCloseTo(30_000, -2);
});

it("keeps a serial number that was typed", async () => {
  await openSecondStep(sourceOf(new ScriptedToken()));
  await userEvent.fill(page.getByLabelText("Serial number"), "OBDT10000017");

  await press("Read from token");

  await expectPair();
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
});

it("lets an account be chosen, and takes its kind of codes", async () => {
  const long = makeCredential({ issuer: "Acme", digits: 8, periodSeconds: 60 });
  const steam = makeCredential({ issuer: "Steam", digits: 5 });
  await openSecondStep(sourceOf(new ScriptedToken([makeCredential(), long, steam])));

  await press("Read from token");
  await expect.element(page.getByText("Which account on the token?").first()).toBeVisible();
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("AWS:root");
  expect(page.getByRole("button", { name: "Steam" }).elements()).toHaveLength(0);
  await press("Acme:root");

  await expectPair(long);
});

it("unlocks inside the wizard, without sending its form", async () => {
  const token = new ScriptedToken().expect("unlock", tokenError("wrong-password")).expect("unlock");
  token.locked = true;
  const element = await openSecondStep(sourceOf(token));
  await press("Read from token");
  const field = page.getByLabelText("Token password");
  await expect.poll(focusedLabel).toBe("Token password");
  await userEvent.fill(field, "wrong horse{Enter}");
  await userEvent.click(page.getByRole("button", { name: "Unlock" }));
  await expect.element(field).toHaveAccessibleDescription(/did not open the token/u);

  await userEvent.fill(field, "battery staple");
  await userEvent.keyboard("{Enter}");
  await expectPair();
  expect(announced(element).assertive).not.toContain("Enter the");
});

it("asks for each touch of a counting token", async () => {
  const credential = makeCredential({ type: "hotp", needsTouch: true });
  const token = new ScriptedToken([credential]);
  const touches = [later<null>(), later<null>()];
  token.codeAnswers.push(...touches.map(({ promise }) => promise));
  const element = await openSecondStep(sourceOf(token));
  await press("Read from token");
  await expect.element(page.getByText("Touch the token now").first()).toBeVisible();
  // The same words once more are a change by a blank.
  const said = () => element.shadowRoot?.querySelector(".visually-hidden[role=alert]")?.textContent;
  const first = said();
  touches[0]?.resolve(null);
  await expect.poll(said).not.toBe(first);
  touches[1]?.resolve(null);

  await expect.element(code(1)).toHaveValue(scriptedCode(credential, 1));
  await expect.element(code(2)).toHaveValue(scriptedCode(credential, 2));
});

it("asks before it sets a clock that is ahead, and reads once that is allowed", async () => {
  const token = new ScriptedToken();
  token.clockIsAhead = true;
  const element = await openSecondStep(sourceOf(token));
  await press("Read from token");
  await expect.element(page.getByText("Set the token's clock to").first()).toBeVisible();
  expect(announced(element).assertive).toMatch(/^Set the token's clock/u);
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Leave it");
  await press("Leave it");
  await expect.element(page.getByText(/clock was left as it is/u).first()).toBeVisible();
  await expect.element(code(1)).toHaveValue("");

  await press("Read from token");
  await press("Set its clock");
  await expectPair();
});

it("leaves the fields to the person when a touch is cancelled", async () => {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  token.codeAnswers.push(later<null>().promise);
  const element = await openSecondStep(sourceOf(token));
  await press("Read from token");
  await userEvent.click(element.shadowRoot?.querySelector(".touch button") as HTMLElement);

  await expect.element(page.getByText("Reading stopped.").first()).toBeVisible();
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Read from token");
});

it("goes on with typing when the token is taken out in the middle", async () => {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  token.codeAnswers.push(later<null>().promise);
  const source = sourceOf(token);
  await openSecondStep(source);
  await userEvent.fill(page.getByLabelText("Serial number"), "OBDT10000017");
  await userEvent.fill(code(1), "755224");
  await press("Read from token");
  await expect.element(page.getByText("Touch the token now").first()).toBeVisible();

  const gone = performance.now();
  source.unplug(token);
  await expect.element(page.getByText("The token was taken out.").first()).toBeVisible();
  await userEvent.fill(code(2), "287082");
  expect(performance.now() - gone).toBeLessThan(5000);

  await expect.element(code(1)).toHaveValue("755224");
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("OBDT10000017");
  expect(page.getByText("The token was taken out.").elements()).toHaveLength(1);
});

it("stops reading when the person types after all", async () => {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  const touch = later<null>();
  token.codeAnswers.push(touch.promise);
  await openSecondStep(sourceOf(token));
  await press("Read from token");
  await expect.element(page.getByText("Touch the token now").first()).toBeVisible();

  await userEvent.fill(code(1), "755224");
  await expect.element(page.getByText("30 s left")).not.toBeInTheDocument();
  touch.resolve(null);
  await expect.poll(() => token.sessions).toBe(0);
  await expect.element(code(1)).toHaveValue("755224");
  await expect.element(code(2)).toHaveValue("");
});

it("takes the source away when a code is changed", async () => {
  await openSecondStep(sourceOf(new ScriptedToken()));
  await press("Read from token");
  await expect.element(page.getByText("Read from CanoKey, AWS:root").first()).toBeVisible();

  await userEvent.fill(code(2), "287082");

  await expect
    .poll(() => document.querySelector("oath-enroll")?.shadowRoot?.querySelector(".source"))
    .toBeNull();
});

it("opens the chooser where no token was given yet, and stays when it is dismissed", async () => {
  const source = sourceOf().expectRequest(null).expectRequest(new ScriptedToken());
  const element = await openSecondStep(source);
  await press("Read from token");
  await press("Connect USB token");
  await expect.element(page.getByRole("button", { name: "Read from token" })).toBeVisible();
  expect(announced(element).assertive).toBe("");

  // With one kind of token there is nothing to ask.
  source.catalogue = source.catalogue.filter(({ api }) => api !== "webhid");
  await press("Read from token");
  await expectPair();
  expect(source.requests).toEqual([{ api: "webusb" }, { api: "webusb" }]);
});

it.each([
  ["device-in-use", "Another tab or program is using the token."],
  ["no-oath-applet", "This token has no part for codes"],
] as const)("says what to do about %s, with the fields open", async (error, text) => {
  const token = new ScriptedToken();
  token.openError = tokenError(error);
  await openSecondStep(sourceOf(token));
  await press("Read from token");

  await expect.element(page.getByText(text).first()).toBeVisible();
  await expect.element(code(1)).not.toHaveAttribute("readonly");
});

it("D7 takes a token over that another tab has, if the person wants that", async () => {
  const token = new ScriptedToken();
  token.openError = new TokenInOtherTabError();
  await openSecondStep(sourceOf(token));
  await press("Read from token");
  await expect.element(page.getByText(/in use in another tab of this site/u).first()).toBeVisible();
  await expect.element(code(1)).not.toHaveAttribute("readonly");
  await press("Take over here");
  await expectPair();
});

it.each([
  [[], "The token holds no account that fits here."],
  [[makeCredential({ digits: 5 })], "no account with codes of that length"],
])("says when the token has nothing that fits", async (credentials, text) => {
  await openSecondStep(sourceOf(new ScriptedToken(credentials)));
  await press("Read from token");

  await expect.element(page.getByText(text).first()).toBeVisible();
});
