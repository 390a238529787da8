import { HOTP, Secret } from "otpauth";
import { utf8Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

const SECRET = "12345678901234567890";
const oracle = (counter: number) =>
  HOTP.generate({ secret: new Secret({ buffer: utf8Bytes(SECRET).buffer }), counter });
const account = (name: string) =>
  ({ name, type: "totp", algorithm: "SHA1", digits: 6, secret: utf8Bytes(SECRET) }) as const;

function makeCanoKey(): VirtualCanoKey {
  return new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
}

test("lists a CanoKey's credentials and reads two consecutive codes at once", async ({ token }) => {
  const key = makeCanoKey();
  key.store(account("AWS:root"));
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  const read = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const [found] = await grantedTokens();
    if (!found) throw new Error("no token");
    const session = await found.open();
    try {
      const started = performance.now();
      const [credential] = await session.list();
      if (!credential) throw new Error("no credential");
      const codes = await session.consecutiveCodes(credential, 2);
      return { info: session.info, credential, codes, ms: performance.now() - started, atMs: Date.now() };
    } finally {
      await session.close();
    }
  });
  expect(read.info).toMatchObject({ name: "CanoKey", serialNumber: "20260001", api: "webusb" });
  expect(read.credential).toMatchObject({ issuer: "AWS", account: "root", digits: 6, needsTouch: false });
  const step = Math.floor(read.atMs / 30_000);
  const pairs = [step, step - 1].map((last) => [oracle(last - 1), oracle(last)]);
  expect(pairs).toContainEqual(read.codes.map(({ code }) => code));
  test.info().annotations.push({ type: "list and two codes", description: `${Math.round(read.ms)} ms` });
});

test("pages through a hundred credentials", async ({ token }) => {
  const key = makeCanoKey();
  for (let index = 0; index < 100; index += 1) key.store(account(`Issuer ${index}:account ${index}`));
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  const names = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const session = await (await grantedTokens())[0]?.open();
    try {
      return (await session?.list())?.map(({ issuer, account: name }) => `${issuer}:${name}`);
    } finally {
      await session?.close();
    }
  });
  expect(names).toHaveLength(100);
  expect(new Set(names).size).toBe(100);
  expect(names).toContain("Issuer 99:account 99");
});

test("unlocks with the right password only, and sets and clears it", async ({ token }) => {
  const key = makeCanoKey();
  key.store(account("AWS:root"));
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  const seen = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (error: { code?: string; name: string }) => error.code ?? error.name,
      );
    const found = (await grantedTokens())[0];
    if (!found) throw new Error("no token");
    const first = await found.open();
    await first.setPassword("correct horse");
    await first.close();
    const second = await found.open();
    const log: unknown[] = [second.locked];
    log.push(await outcome(second.list()), await outcome(second.unlock("wrong")));
    log.push(await outcome(second.unlock("correct horse")), (await second.list()).length);
    await second.setPassword(null);
    await second.close();
    return log;
  });
  expect(seen).toEqual([true, "locked", "wrong-password", "done", 1]);
});

test("asks for a touch, takes it, and can be cancelled", async ({ token }) => {
  const key = makeCanoKey();
  key.store({ ...account("AWS:root"), needsTouch: true });
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  let touches = 0;
  key.onTouchChange(() => {
    if (!key.waitsForTouch || touches > 0) return;
    touches += 1;
    // Later than the page asks: the person first reads the prompt.
    setTimeout(() => key.touch(), 900);
  });
  const seen = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const session = await (await grantedTokens())[0]?.open();
    if (!session) throw new Error("no token");
    const [credential] = await session.list();
    if (!credential) throw new Error("no credential");
    let asked = 0;
    const code = await session.code(credential, { movingFactor: 1 }, { onTouch: () => (asked += 1) });
    const controller = new AbortController();
    const cancelled = session
      .code(credential, { movingFactor: 2 }, { signal: controller.signal, onTouch: () => controller.abort() })
      .then(
        () => "code",
        (error: Error) => error.name,
      );
    const outcome = await cancelled;
    return { needsTouch: credential.needsTouch, asked, code, outcome };
  });
  expect(seen).toEqual({ needsTouch: true, asked: 1, code: oracle(1), outcome: "AbortError" });
});

test("an unplugged key ends in a code, and is read again after it came back", async ({ token }) => {
  const key = makeCanoKey();
  key.store({ ...account("AWS:root"), needsTouch: true });
  const plugged = await token(key);
  const { page } = plugged;
  await expectDevices(page, "usb", 1);
  await page.evaluate(async () => {
    const { grantedTokens, watchTokens } = await window.hardware.bridge();
    const events: string[] = [];
    watchTokens(({ kind }) => events.push(kind), { signal: new AbortController().signal });
    const session = await (await grantedTokens())[0]?.open();
    const [credential] = (await session?.list()) ?? [];
    if (!session || !credential) throw new Error("no credential");
    const outcome = session.code(credential, { movingFactor: 1 }).then(
      () => "code",
      (error: { code?: string }) => error.code,
    );
    Object.assign(window, { events, outcome, close: () => session.close() });
  });
  await expect.poll(() => key.waitsForTouch).toBe(true);
  await plugged.unplug();
  expect(await page.evaluate(() => Reflect.get(window, "outcome") as unknown)).toBe("unplugged");
  await page.evaluate(() => (Reflect.get(window, "close") as () => Promise<void>)());
  await plugged.plug();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, "events") as unknown))
    .toEqual(["unplugged", "plugged"]);
  const count = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const session = await (await grantedTokens())[0]?.open();
    const found = (await session?.list())?.length;
    await session?.close();
    return found;
  });
  expect(count).toBe(1);
});

test("says when another program holds the key, and when another tab does", async ({ token, browser }) => {
  const key = await token(makeCanoKey(), { busy: [1] });
  await expectDevices(key.page, "usb", 1);
  const open = () =>
    key.page.evaluate(async () => {
      const { grantedTokens } = await window.hardware.bridge();
      return await (await grantedTokens())[0]?.open().then(
        () => "open",
        (error: { code?: string }) => error.code,
      );
    });
  expect(await open()).toBe("device-in-use");
  await key.unplug();
  await key.plug();
  await expectDevices(key.page, "usb", 1);
  expect(await open()).toBe("open");
  expect(browser.isConnected()).toBe(true);
  // The first session is still open: the second one of the same page finds the token owned.
  expect(await open()).toBe("device-in-use");
});
