import type { Page } from "@playwright/test";
import type { OathSession } from "../../src/bridge/index.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { PICO_INTERFACE } from "../../src/virtual/pico/description.ts";
import { REAL_TIMER } from "../support/real-timer.ts";
import { expectToRead, FAMILIES, FAMILY, type Family, tryToRead } from "./families.ts";
import { PAGE } from "./origins.ts";
import { expect, expectDevices, test } from "./token-test.ts";

// Tokens that are pulled out, and tokens that somebody else has.

/** Opens the page's one token and leaves it open; gives the error's code if any. */
function open(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const [found] = await grantedTokens();
    if (!found) return "no token";
    try {
      const session = await found.open();
      Object.assign(window, { session });
      return "open";
    } catch (error) {
      return String((error as { code?: unknown }).code ?? error);
    }
  });
}

/** Lists the token that {@link open} has left open; gives the error's code if any. */
function list(page: Page): Promise<number | string> {
  return page.evaluate(async () => {
    try {
      return (await (Reflect.get(window, "session") as OathSession).list()).length;
    } catch (error) {
      return String((error as { code?: unknown }).code ?? error);
    }
  });
}

/** Unlocks, with the right PIN, the token that {@link open} has left open; gives the error's code if any. */
function unlock(page: Page): Promise<string> {
  return page.evaluate(async () => {
    try {
      await (Reflect.get(window, "session") as OathSession).unlock("12345678");
      return "unlocked";
    } catch (error) {
      return String((error as { code?: unknown }).code ?? error);
    }
  });
}

function close(page: Page): Promise<void> {
  return page.evaluate(() => (Reflect.get(window, "session") as OathSession).close());
}

/** A second tab, in the same window unless told otherwise. */
async function openTab(page: Page, context = page.context()): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(new URL(PAGE, page.url()).href);
  await tab.waitForFunction(() => "hardware" in window);
  return tab;
}

for (const family of FAMILIES) {
  const { title, api, make, isAnswer } = family;

  test(`D1 a ${title} that is pulled out instead of answering ends in a code, and is read when it is back`, async ({
    token,
  }) => {
    const key = await token(make());
    const { page, server } = key;
    await expectDevices(page, api, 1);
    expect(await open(page)).toBe("open");
    server.faults.add({ kind: "unplug" }, isAnswer);
    expect(await list(page)).toBe("unplugged");
    expect(server.faults.pending).toBe(0);
    // It stays so, and does not hang.
    expect(await list(page)).toBe("unplugged");
    await expectDevices(page, api, 0);
    expect(await tryToRead(page)).toBe("no token");

    await key.plug();
    await expectDevices(page, api, 1);
    // The session of the token that was pulled out has not been closed: it is closed now, and only then lets go.
    await close(page);
    await expectToRead(page);
  });

  test(`D7 a ${title} that is open has one owner, in one tab`, async ({ token }) => {
    const { page } = await token(make());
    await expectDevices(page, api, 1);
    expect(await open(page)).toBe("open");
    expect(await tryToRead(page)).toBe("device-in-use");
    const tab = await openTab(page);
    expect(await tryToRead(tab)).toBe("device-in-use");
    // Whoever was refused has not disturbed the one who has it.
    expect(await list(page)).toBe(1);

    await close(page);
    await expectToRead(tab);
    await expectToRead(page);
    await tab.close();
  });

  test(`D13 a ${title} is free when the tab that had it is closed`, async ({ token }) => {
    const { page } = await token(make());
    await expectDevices(page, api, 1);
    const tab = await openTab(page);
    expect(await open(tab)).toBe("open");
    expect(await open(page)).toBe("device-in-use");
    await tab.close();
    await expect.poll(() => open(page)).toBe("open");
    await close(page);
    await expectToRead(page);
  });
}

test("a Pico FIDO that another program holds is in use, until the program lets it go", async ({ token }) => {
  const key = await token(FAMILY.PICO.make(), { busy: [PICO_INTERFACE.WEB_CCID] });
  await expectDevices(key.page, "usb", 1);
  expect(await tryToRead(key.page)).toBe("device-in-use");
  expect(await tryToRead(key.page)).toBe("device-in-use");
  await key.unplug();
  await expectDevices(key.page, "usb", 0);
  await key.plug();
  await expectDevices(key.page, "usb", 1);
  await expectToRead(key.page);
});

// WebHID has no exclusive claim: Linux lets every program open a hidraw node, so that no test can hold a Nitrokey against
// the browser, and an incognito window could have it too. The page's own other code is noticed.
test("a Nitrokey that other code of the page has open is in use, until that code closes it", async ({
  token,
}) => {
  const { page } = await token(FAMILY.NITROKEY.make());
  await expectDevices(page, "hid", 1);
  await page.evaluate(async () => {
    const { device } = await window.hardware.openNitrokey();
    Object.assign(window, { device });
  });
  expect(await tryToRead(page)).toBe("device-in-use");
  await page.evaluate(() => (Reflect.get(window, "device") as HIDDevice).close());
  await expectToRead(page);
});

const USB_FAMILIES: readonly Family[] = [FAMILY.CANOKEY, FAMILY.PICO];
for (const { title, api, make } of USB_FAMILIES) {
  test(`a ${title} that an incognito window has is in use, until that window is closed`, async ({
    token,
    browser,
  }) => {
    const { page } = await token(make());
    await expectDevices(page, api, 1);
    // Windows of different profiles know nothing of each other's locks: the browser's claim keeps them apart.
    const context = await browser.newContext();
    const tab = await openTab(page, context);
    await expectDevices(tab, api, 1);
    expect(await open(tab)).toBe("open");
    expect(await tryToRead(page)).toBe("device-in-use");
    expect(await list(tab)).toBe(1);
    await context.close();
    await expect.poll(() => open(page)).toBe("open");
    await close(page);
    await expectToRead(page);
  });
}

test("D1 a Nitrokey that is pulled out while it works ends in a code, and is read when it is back", async ({
  token,
}) => {
  const model = new VirtualNitrokey({
    timer: REAL_TIMER,
    codesNeedPin: true,
    pin: "12345678",
    workMs: 1_000,
  });
  const key = await token(model);
  const { page, server } = key;
  await expectDevices(page, "hid", 1);
  expect(await open(page)).toBe("open");
  // Nothing goes wrong with the transfers: they are only watched, for the second look at the answer.
  let looks = 0;
  server.faults.add({ kind: "stall" }, (transfer) => {
    if (FAMILY.NITROKEY.isAnswer(transfer)) looks += 1;
    return false;
  });
  const outcome = unlock(page);
  await expect.poll(() => looks, { intervals: [10] }).toBeGreaterThan(1);
  await key.unplug();
  expect(await outcome).toBe("unplugged");
  await close(page);

  await key.plug();
  await expectDevices(page, "hid", 1);
  expect(await open(page)).toBe("open");
  expect(await unlock(page)).toBe("unlocked");
  await close(page);
});
