import type { Locator, Page } from "@playwright/test";
import { Secret } from "otpauth";
import { utf8Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

const SECRET = "12345678901234567890";
const SERIAL_NUMBER = "HWTEST000001";
const USER = "root@example.com";
const ACCOUNT = {
  name: "AWS:root",
  type: "totp",
  algorithm: "SHA1",
  digits: 6,
  secret: utf8Bytes(SECRET),
} as const;
const PERIOD = { periodSeconds: 30 } as const;

const TOTP_FILE = [
  "upn,serial number,secret key,time interval,manufacturer,model",
  `,${SERIAL_NUMBER},${new Secret({ buffer: utf8Bytes(SECRET).buffer }).base32},30,oath-bridge,Test`,
].join("\r\n");

const HOTP_FILE = `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
  <KeyPackage>
    <DeviceInfo><Manufacturer>oath-bridge</Manufacturer><SerialNo>${SERIAL_NUMBER}</SerialNo></DeviceInfo>
    <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
      <AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
      <Data>
        <Secret><PlainValue>${Buffer.from(SECRET).toString("base64")}</PlainValue></Secret>
        <Counter><PlainValue>0</PlainValue></Counter>
      </Data>
    </Key>
  </KeyPackage>
</KeyContainer>`;

type Enrolment = Awaited<ReturnType<Window["hardware"]["startEnrolment"]>>;

/** Takes the wizard to its second step, with the serial number typed. */
async function openWizard(page: Page, seedFile: string): Promise<Locator> {
  const wizard = page.locator("oath-enroll");
  const prepared = await page.evaluate(
    async ([userName = "", file = ""]) => {
      const enrolment = await window.hardware.startEnrolment({ userName, seedFile: file });
      Object.assign(window, { enrolment });
      return { imported: enrolment.imported, skipped: enrolment.skipped };
    },
    [USER, seedFile],
  );
  expect(prepared).toEqual({ imported: 1, skipped: 0 });
  await wizard.getByLabel("Device name").fill("Blue-key");
  await wizard.getByRole("button", { name: "Next" }).click();
  await wizard.getByLabel("Serial number").fill(SERIAL_NUMBER);
  await expect(wizard.getByRole("button", { name: "Read from token" })).toBeVisible();
  return wizard;
}

/** Waits for both codes, adds the device, and tells how long it took since *Read from token* was pressed. */
async function addDevice(page: Page, wizard: Locator, title: string): Promise<void> {
  await expect(wizard.getByLabel("MFA code 2")).toHaveValue(/^\d{6}$/u);
  await wizard.getByRole("button", { name: "Add MFA" }).click();
  await expect(wizard.getByRole("heading", { name: "Token added" })).toBeVisible();
  const { devices, durationMs } = await page.evaluate(async () => {
    const enrolment = Reflect.get(window, "enrolment") as Enrolment;
    return { devices: await enrolment.devices(), durationMs: enrolment.durationMs() };
  });
  expect(devices).toMatchObject([{ deviceName: "Blue-key", serialNumber: SERIAL_NUMBER, driftSteps: 0 }]);
  expect(durationMs).not.toBeNull();
  process.stdout.write(`    enrolled from a ${title} ${Math.round(durationMs ?? 0)} ms after the press\n`);
}

const makeCanoKey = () => new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
const makePico = () => new VirtualPico({ timer: REAL_TIMER, random: randomBytes });

const FAMILIES = [
  {
    title: "CanoKey",
    api: "usb",
    make: () => {
      const key = makeCanoKey();
      key.store(ACCOUNT);
      return key;
    },
  },
  {
    title: "Pico FIDO",
    api: "usb",
    make: () => {
      const key = makePico();
      key.store(ACCOUNT);
      return key;
    },
  },
  {
    title: "Nitrokey Pro",
    api: "hid",
    make: () => {
      const key = new VirtualNitrokey({ timer: REAL_TIMER });
      key.slots.program(0x20, { name: "AWS:root", digits: 6, secret: utf8Bytes(SECRET), ...PERIOD });
      return key;
    },
  },
] as const;

for (const { title, api, make } of FAMILIES) {
  test(`enrols a ${title} by codes read from it, without typing or waiting`, async ({ token }) => {
    const { page } = await token<ReturnType<typeof make>>(make());
    await expectDevices(page, api, 1);
    const wizard = await openWizard(page, TOTP_FILE);
    await wizard.getByRole("button", { name: "Read from token" }).click();
    await expect(wizard.getByText("AWS:root").first()).toBeVisible();
    await addDevice(page, wizard, title);
  });
}

test("enrols a token that counts, two counters further", async ({ token }) => {
  const key = makeCanoKey();
  key.store({ ...ACCOUNT, type: "hotp" });
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  const wizard = await openWizard(page, HOTP_FILE);
  await wizard.getByRole("button", { name: "Read from token" }).click();
  await addDevice(page, wizard, "CanoKey by counter");
});

test("enrols a key that wants its password and a touch", async ({ token }) => {
  const key = makeCanoKey();
  key.store({ ...ACCOUNT, needsTouch: true });
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const session = await (await grantedTokens())[0]?.open();
    await session?.setPassword("correct horse");
    await session?.close();
  });
  const wizard = await openWizard(page, TOTP_FILE);
  await wizard.getByRole("button", { name: "Read from token" }).click();
  const password = wizard.getByLabel("Token password");
  await password.fill("wrong horse");
  await password.press("Enter");
  await expect(wizard.getByText(/did not open the token/u).first()).toBeVisible();
  await password.fill("correct horse");
  await password.press("Enter");
  await expect(wizard.getByText("Touch the token now").first()).toBeVisible();
  key.onTouchChange(() => {
    if (key.waitsForTouch) setTimeout(() => key.touch(), 200);
  });
  key.touch();
  await addDevice(page, wizard, "CanoKey with password and touch, the person's time included");
});

test("a key pulled out in the middle leaves the wizard to typing, with nothing lost", async ({ token }) => {
  const key = makeCanoKey();
  key.store({ ...ACCOUNT, needsTouch: true });
  const plugged = await token(key);
  const { page } = plugged;
  await expectDevices(page, "usb", 1);
  const wizard = await openWizard(page, TOTP_FILE);
  await wizard.getByRole("button", { name: "Read from token" }).click();
  await expect.poll(() => key.waitsForTouch).toBe(true);
  await plugged.unplug();
  await expect(wizard.getByText("The token was taken out.").first()).toBeVisible();
  await expect(wizard.getByLabel("Serial number")).toHaveValue(SERIAL_NUMBER);
  await plugged.plug();
  await expectDevices(page, "usb", 1);
  key.onTouchChange(() => {
    if (key.waitsForTouch) setTimeout(() => key.touch(), 200);
  });
  await wizard.getByRole("button", { name: "Read from token" }).click();
  await addDevice(page, wizard, "CanoKey that was pulled out once");
});

test("a single code field reads the key by itself", async ({ token }) => {
  const key = makePico();
  key.store(ACCOUNT);
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  await page.evaluate(async () => {
    await window.hardware.elements();
    document.body.innerHTML = `<main><label>Code <oath-code></oath-code></label></main>`;
  });
  await page.getByRole("button", { name: "Read from token" }).click();
  await expect(page.getByText(/^Read from/u).first()).toBeVisible();
  await expect(page.locator("oath-code > input")).toHaveValue(/^\d{6}$/u);
});
