import { HOTP, Secret } from "otpauth";
import { utf8Bytes } from "../../src/core/bytes.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import type { Fault } from "../support/usbip/faults.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

const SECRET = "12345678901234567890";
const oracle = (counter: number) =>
  HOTP.generate({ secret: new Secret({ buffer: utf8Bytes(SECRET).buffer }), counter });

/** Opens the page's one token, lists it and reads two codes of its first credential. */
async function readTwo(page: import("@playwright/test").Page, password?: string) {
  return await page.evaluate(async (secret) => {
    const { grantedTokens } = await window.hardware.bridge();
    const found = (await grantedTokens())[0];
    if (!found) throw new Error("no token");
    const session = await found.open();
    try {
      const wasLocked = session.locked;
      if (secret !== undefined) await session.unlock(secret);
      const credentials = await session.list();
      const [credential] = credentials;
      if (!credential) throw new Error("no credential");
      const options = { onClockRefused: () => Promise.resolve(true) };
      const codes = await session.consecutiveCodes(credential, 2, options);
      return { info: session.info, wasLocked, credentials, codes, atMs: Date.now() };
    } finally {
      await session.close();
    }
  }, password);
}

function expectTwo(read: { atMs: number; codes: readonly { code: string }[] }): void {
  const step = Math.floor(read.atMs / 30_000);
  const pairs = [step, step - 1].map((last) => [oracle(last - 1), oracle(last)]);
  expect(pairs).toContainEqual(read.codes.map(({ code }) => code));
}

test("reads two consecutive codes from a Pico FIDO", async ({ token }) => {
  const pico = new VirtualPico({ timer: REAL_TIMER, random: randomBytes });
  pico.store({ name: "AWS:root", type: "totp", algorithm: "SHA1", digits: 6, secret: utf8Bytes(SECRET) });
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  const read = await readTwo(page);
  expect(read.info).toMatchObject({ name: "Pico Key", api: "webusb" });
  expect(read.credentials).toMatchObject([{ issuer: "AWS", account: "root", digits: 6 }]);
  expectTwo(read);
});

test("pages through a hundred credentials of a Pico FIDO", async ({ token }) => {
  const pico = new VirtualPico({ timer: REAL_TIMER, random: randomBytes });
  for (let index = 0; index < 100; index += 1) {
    const name = `Issuer ${index}:account ${index}`;
    pico.store({ name, type: "totp", algorithm: "SHA1", digits: 6, secret: utf8Bytes(SECRET) });
  }
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  expect((await readTwo(page)).credentials).toHaveLength(100);
});

for (const model of ["pro", "librem", "storage"] as const) {
  test(`reads two consecutive codes from a Nitrokey ${model}`, async ({ token }) => {
    const key = new VirtualNitrokey({ timer: REAL_TIMER, model });
    key.slots.program(0x20, { name: "AWS:root", digits: 6, secret: utf8Bytes(SECRET), periodSeconds: 30 });
    const { page } = await token(key);
    await expectDevices(page, "hid", 1);
    const read = await readTwo(page);
    expect(read.info.api).toBe("webhid");
    expect(read.credentials).toMatchObject([{ issuer: "AWS", account: "root", type: "totp", digits: 6 }]);
    expectTwo(read);
  });
}

test("asks a Nitrokey's user PIN before its codes", async ({ token }) => {
  const key = new VirtualNitrokey({ timer: REAL_TIMER, codesNeedPin: true, pin: "12345678" });
  key.slots.program(0x20, { name: "AWS:root", digits: 6, secret: utf8Bytes(SECRET), periodSeconds: 30 });
  const { page } = await token(key);
  await expectDevices(page, "hid", 1);
  const code = await readTwo(page, "wrong pin").catch((error: Error) => error.message);
  expect(code).toMatch(/refused the PIN/u);
  const read = await readTwo(page, "12345678");
  expect(read.wasLocked).toBe(true);
  expectTwo(read);
});

const FAULTS: readonly Fault[] = [
  { kind: "garbage", answer: Uint8Array.of(0x80, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0, 1) },
  { kind: "truncate", length: 3 },
  { kind: "oversize" },
  { kind: "silence" },
];

for (const fault of FAULTS) {
  test(`a Pico's answer with the fault “${fault.kind}” ends in a code, and the token works again`, async ({
    token,
  }) => {
    const pico = new VirtualPico({ timer: REAL_TIMER, random: randomBytes });
    pico.store({ name: "AWS:root", type: "totp", algorithm: "SHA1", digits: 6, secret: utf8Bytes(SECRET) });
    const { page, server } = await token(pico);
    await expectDevices(page, "usb", 1);
    expectTwo(await readTwo(page));
    server.faults.add(fault);
    const outcome = await page.evaluate(async () => {
      const { grantedTokens } = await window.hardware.bridge();
      try {
        const session = await (await grantedTokens())[0]?.open();
        await session?.list();
        await session?.close();
        return "done";
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    });
    // A fault may hit a part of the exchange that is made up for; whatever is reported is one of our codes.
    expect([
      "done",
      "malformed-answer",
      "timeout",
      "unplugged",
      "device-in-use",
      "status-word",
      "no-oath-applet",
    ]).toContain(outcome);
  });
}
