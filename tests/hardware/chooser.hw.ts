import type { OathToken } from "../../src/bridge/contract.ts";
import { utf8Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, leaveGrant, test } from "./chooser-test.ts";

// A browser that shows its windows is slow where nothing but the processor draws them.
test.describe.configure({ timeout: 180_000 });

const SECRET = utf8Bytes("12345678901234567890");

function makeCanoKey(): VirtualCanoKey {
  const key = new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
  key.store({ name: "AWS:root", type: "totp", algorithm: "SHA1", digits: 6, secret: SECRET });
  return key;
}

function makeNitrokey(): VirtualNitrokey {
  const key = new VirtualNitrokey({ timer: REAL_TIMER });
  key.slots.program(0x20, { name: "AWS:root", digits: 6, secret: SECRET, periodSeconds: 30 });
  return key;
}

const WAYS = [
  { api: "webusb", events: "usb", make: makeCanoKey, name: "CanoKey" },
  { api: "webhid", events: "hid", make: makeNitrokey, name: "Nitrokey Pro" },
] as const;

for (const { api, events, make, name } of WAYS) {
  test(`D6 ${api}: the token chosen is listed, found again after a reload, and forgotten`, async ({
    token,
    chooser,
  }) => {
    const { page } = await token<VirtualCanoKey | VirtualNitrokey>(make());
    await leaveGrant(page, events);
    const granted = () =>
      page.evaluate(async () => {
        const { grantedTokens } = await window.hardware.bridge();
        return (await grantedTokens()).map(({ info }) => info.name);
      });
    expect(await granted()).toEqual([]);

    await chooser.open({ api });
    expect(await chooser.connect({ api })).toEqual({ token: name });
    const listed = await page.evaluate(async () => {
      const session = await (Reflect.get(window, "chosen") as OathToken).open();
      try {
        return await session.list();
      } finally {
        await session.close();
      }
    });
    expect(listed).toMatchObject([{ issuer: "AWS", account: "root" }]);

    await page.reload();
    await page.waitForFunction(() => "hardware" in window);
    expect(await granted()).toEqual([name]);
    await page.evaluate(async () => {
      const { grantedTokens } = await window.hardware.bridge();
      await (await grantedTokens())[0]?.forget();
    });
    expect(await granted()).toEqual([]);
  });

  test(`D12 ${api}: a dismissed chooser is null and no error`, async ({ token, chooser }) => {
    const { page } = await token<VirtualCanoKey | VirtualNitrokey>(make());
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await leaveGrant(page, events);
    await chooser.open({ api });
    expect(await chooser.dismiss()).toEqual({ token: null });
    expect(problems).toEqual([]);
  });

  test(`D12 ${api}: without a click there is no chooser but a BridgeError`, async ({ page, token }) => {
    await token<VirtualCanoKey | VirtualNitrokey>(make());
    await leaveGrant(page, events);
    const refused = await page.evaluate(async (wanted) => {
      const { BridgeError, requestToken } = await window.hardware.bridge();
      // What Playwright evaluates counts as a click for some seconds.
      while (navigator.userActivation.isActive) await new Promise(requestAnimationFrame);
      try {
        return { token: await requestToken({ api: wanted }) };
      } catch (error) {
        if (!(error instanceof BridgeError)) return { thrown: String(error) };
        const { code, message, cause } = error;
        return { code, message, cause: cause instanceof DOMException ? cause.name : String(cause) };
      }
    }, api);
    expect(refused).toEqual({
      code: "not-granted",
      message: expect.stringMatching(/Press Connect again\.$/u) as unknown as string,
      cause: "SecurityError",
    });
  });
}
