import type { Page } from "@playwright/test";
import type { Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { ACCOUNT, makePico, oracle } from "./families.ts";
import { expect, expectDevices, test } from "./token-test.ts";

// Touches. A Nitrokey has no button: its codes may need a PIN, never a touch. A Pico FIDO marks such a credential and gives
// its code without the touch; what it has in common with a key that waits is a command that takes long, during which it asks
// for more time. That is what is tested of it.

const INS_CALCULATE = 0xa2;
const TOUCH_ACCOUNT = { ...ACCOUNT, needsTouch: true } as const;

/** The key gives up waiting for a touch after 30 s; here after two. */
const IMPATIENT_TIMER = {
  now: REAL_TIMER.now,
  after: (milliseconds: number, callback: () => void) =>
    REAL_TIMER.after(milliseconds >= 30_000 ? 2_000 : milliseconds, callback),
};

/** A Pico that works on CALCULATE until {@link finish}, while it is {@link slow}. */
class SlowPico extends VirtualPico {
  slow = true;
  #finish: (() => void) | null = null;

  constructor() {
    super({ timer: REAL_TIMER, random: randomBytes });
    this.store(ACCOUNT);
  }

  get works(): boolean {
    return this.#finish !== null;
  }

  finish(): void {
    this.#finish?.();
    this.#finish = null;
  }

  override async transmit(command: Bytes): Promise<Bytes | null> {
    if (this.slow && command[1] === INS_CALCULATE) {
      await new Promise<void>((resolve) => (this.#finish = resolve));
    }
    return super.transmit(command);
  }
}

/** Touches the key when it waits for the second time, at once: it does not wait long here. */
function touchSecondTime(key: VirtualCanoKey): void {
  let waits = 0;
  key.onTouchChange(() => {
    if (!key.waitsForTouch) return;
    waits += 1;
    if (waits === 2) setTimeout(() => key.touch(), 0);
  });
}

/** Begins to read a code for `movingFactor` in an open session, and cancels it at the prompt when told. */
function readCode(page: Page, movingFactor: number, cancel = false) {
  return page.evaluate(
    async ([factor, cancelled]) => {
      const { grantedTokens } = await window.hardware.bridge();
      const session = await (await grantedTokens())[0]?.open();
      if (!session) throw new Error("no token");
      try {
        const [credential] = await session.list();
        if (!credential) throw new Error("no credential");
        const controller = new AbortController();
        let asked = 0;
        const outcome = await session
          .code(
            credential,
            { movingFactor: factor },
            {
              signal: controller.signal,
              onTouch: () => {
                asked += 1;
                Object.assign(window, { asked });
                if (cancelled) controller.abort();
              },
            },
          )
          .catch((error: Error & { code?: unknown }) =>
            // A DOMException has a number of its own there.
            typeof error.code === "string" ? error.code : error.name,
          );
        return { needsTouch: credential.needsTouch, asked, outcome };
      } finally {
        await session.close();
      }
    },
    [movingFactor, cancel] as const,
  );
}

/** Waits until the page has been told to ask for a touch. */
async function expectPrompt(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => Reflect.get(window, "asked") as unknown)).toBe(1);
}

test("a CanoKey that is not touched in time ends in a code, and is read with a touch afterwards", async ({
  token,
}) => {
  const key = new VirtualCanoKey({ timer: IMPATIENT_TIMER, random: randomBytes });
  key.store(TOUCH_ACCOUNT);
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  touchSecondTime(key);
  expect(await readCode(page, 1)).toEqual({ needsTouch: true, asked: 1, outcome: "touch-required" });
  expect(await readCode(page, 2)).toMatchObject({ needsTouch: true, outcome: oracle(2) });
});

test("a CanoKey whose touch was cancelled is free again once it has given up waiting", async ({ token }) => {
  const key = new VirtualCanoKey({ timer: IMPATIENT_TIMER, random: randomBytes });
  key.store(TOUCH_ACCOUNT);
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  touchSecondTime(key);
  expect(await readCode(page, 1, true)).toEqual({ needsTouch: true, asked: 1, outcome: "AbortError" });
  // Opening waits for the key, which waits for the touch nobody wants any more.
  expect(await readCode(page, 2)).toMatchObject({ outcome: oracle(2) });
});

test("a CanoKey that waits for the touch of a page that is gone says that it is busy", async ({ token }) => {
  const key = new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
  key.store(TOUCH_ACCOUNT);
  const { page } = await token(key);
  await expectDevices(page, "usb", 1);
  expect(await readCode(page, 1, true)).toMatchObject({ outcome: "AbortError" });
  expect(key.waitsForTouch).toBe(true);
  const outcome = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    return (await grantedTokens())[0]?.open().then(
      () => "open",
      (error: { code?: string }) => error.code,
    );
  });
  expect(outcome).toBe("device-in-use");

  key.touch();
  const second = readCode(page, 2);
  await expect.poll(() => key.waitsForTouch).toBe(true);
  key.touch();
  expect(await second).toMatchObject({ outcome: oracle(2) });
});

test("a Pico FIDO marks a touch credential and gives its code without the touch", async ({ token }) => {
  const pico = makePico();
  pico.store(TOUCH_ACCOUNT);
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  expect(await readCode(page, 3)).toEqual({ needsTouch: true, asked: 0, outcome: oracle(3) });
});

test("a Pico FIDO that takes long makes the page ask, once, and gives its code", async ({ token }) => {
  const pico = new SlowPico();
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  const read = readCode(page, 4);
  await expectPrompt(page);
  pico.finish();
  expect(await read).toEqual({ needsTouch: false, asked: 1, outcome: oracle(4) });
});

test("a Pico FIDO that takes long can be cancelled, and is read again when it has finished", async ({
  token,
}) => {
  const pico = new SlowPico();
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  expect(await readCode(page, 5, true)).toEqual({ needsTouch: false, asked: 1, outcome: "AbortError" });

  expect(pico.works).toBe(true);
  pico.finish();
  pico.slow = false;
  expect(await readCode(page, 6)).toMatchObject({ outcome: oracle(6) });
});

test("D2 a Pico FIDO that never finishes ends in a code after the time of a touch, and is read again", async ({
  token,
}) => {
  const pico = new SlowPico();
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  // 35 s: what a page gives a key that says it is at work.
  expect(await readCode(page, 7)).toEqual({ needsTouch: false, asked: 1, outcome: "touch-required" });

  expect(pico.works).toBe(true);
  pico.finish();
  pico.slow = false;
  expect(await readCode(page, 8)).toMatchObject({ outcome: oracle(8) });
});
