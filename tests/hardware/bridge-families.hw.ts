import type { Page } from "@playwright/test";
import { utf8Bytes } from "../../src/core/bytes.ts";
import type { VirtualAccount } from "../../src/virtual/oath/account.ts";
import { stm32Checksum } from "../../src/virtual/nitrokey/checksum.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { REAL_TIMER } from "../support/real-timer.ts";
import { ACCOUNT, expectPair, FIRST_SLOT, makeCanoKey, makePico, oracle, SECRET } from "./families.ts";
import { expect, expectDevices, test } from "./token-test.ts";

// What a token shows and gives out, family by family. A Nitrokey has no paging: it has 18 slots, all of them used here.

/** RFC 6238, appendix B: a secret of each hash's length. */
const SECRETS = {
  SHA1: SECRET,
  SHA256: utf8Bytes("12345678901234567890123456789012"),
  SHA512: utf8Bytes("1234567890123456789012345678901234567890123456789012345678901234"),
} as const;
/** Codes are read for this time, at a moment that no other test comes near. */
const AT_SECONDS = 2_000_000_010;

interface Applet {
  readonly title: string;
  readonly make: typeof makeCanoKey | typeof makePico;
  readonly many: number;
}

const APPLETS: readonly Applet[] = [
  // More do not fit.
  { title: "CanoKey", make: makeCanoKey, many: 100 },
  { title: "Pico FIDO", make: makePico, many: 130 },
];

/** Lists the page's one token and reads a code of each credential, for the time `seconds`. */
function readEach(page: Page, seconds: number) {
  return page.evaluate(async (unixSeconds) => {
    const { grantedTokens } = await window.hardware.bridge();
    const session = await (await grantedTokens())[0]?.open();
    if (!session) throw new Error("no token");
    try {
      const read: { name: string; code: string; digits: number | null; periodSeconds: number }[] = [];
      for (const one of await session.list()) {
        const at = { movingFactor: Math.floor(unixSeconds / one.periodSeconds) };
        const code = await session.code(one, at, { onClockRefused: () => Promise.resolve(true) });
        const { issuer, account, digits, periodSeconds } = one;
        read.push({ name: `${issuer}:${account}`, code, digits, periodSeconds });
      }
      return read;
    } finally {
      await session.close();
    }
  }, seconds);
}

for (const { title, make, many } of APPLETS) {
  test(`a ${title}'s codes are otpauth's, for every hash, length, period and counter`, async ({ token }) => {
    const key = make();
    const expected: { name: string; code: string; digits: number; periodSeconds: number }[] = [];
    const store = (account: VirtualAccount, movingFactor: number, periodSeconds = 30) => {
      key.store(account);
      const { digits } = account;
      const name = account.name.replace(/^\d+\//u, "");
      expected.push({ name, code: oracle(movingFactor, account), digits, periodSeconds });
    };
    for (const algorithm of ["SHA1", "SHA256", "SHA512"] as const) {
      for (const digits of [6, 7, 8]) {
        const secret = SECRETS[algorithm];
        const name = `${algorithm}:${digits} digits`;
        store({ name, type: "totp", algorithm, digits, secret }, Math.floor(AT_SECONDS / 30));
        store(
          { name: `60/minute ${name}`, type: "totp", algorithm, digits, secret },
          Math.floor(AT_SECONDS / 60),
          60,
        );
        store(
          { name: `counter ${name}`, type: "hotp", algorithm, digits, secret, nextCounter: 9 * digits },
          9 * digits,
        );
      }
    }
    const { page } = await token<ReturnType<typeof make>>(key);
    await expectDevices(page, "usb", 1);
    expect(await readEach(page, AT_SECONDS)).toEqual(expected);
  });

  test(`pages through the ${many} credentials of a ${title}, and every code is otpauth's`, async ({
    token,
  }) => {
    const key = make();
    const expected = Array.from({ length: many }, (_, index) => {
      const account = {
        ...ACCOUNT,
        name: `Issuer ${index}:account`,
        secret: utf8Bytes(`secret no ${index}`),
      };
      key.store(account);
      const code = oracle(Math.floor(AT_SECONDS / 30), account);
      return { name: account.name, code, digits: 6, periodSeconds: 30 };
    });
    const { page } = await token<ReturnType<typeof make>>(key);
    await expectDevices(page, "usb", 1);
    expect(await readEach(page, AT_SECONDS)).toEqual(expected);
  });
}

test("a Pico FIDO unlocks with the right password only, and the password can be set and cleared", async ({
  token,
}) => {
  const pico = makePico();
  pico.store(ACCOUNT);
  const { page } = await token(pico);
  await expectDevices(page, "usb", 1);
  const seen = await page.evaluate(async () => {
    const { grantedTokens } = await window.hardware.bridge();
    const found = (await grantedTokens())[0];
    if (!found) throw new Error("no token");
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
    const first = await found.open();
    const log: unknown[] = [first.locked];
    await first.setPassword("correct horse");
    await first.close();
    const second = await found.open();
    log.push(second.locked, await outcome(second.list()), await outcome(second.unlock("wrong")));
    log.push(second.locked, await outcome(second.unlock("correct horse")), second.locked);
    const [credential] = await second.list();
    log.push(credential && (await second.code(credential, { movingFactor: 7 })));
    await second.setPassword(null);
    await second.close();
    const third = await found.open();
    log.push(third.locked, (await third.list()).length);
    await third.close();
    return log;
  });
  expect(seen.slice(0, 4)).toEqual([false, true, "locked", "wrong-password"]);
  expect(seen.slice(4)).toEqual([true, "done", false, oracle(7), false, 1]);
});

for (const model of ["pro", "librem", "storage"] as const) {
  test(`lists all 18 slots of a Nitrokey ${model}, and every code is otpauth's`, async ({ token }) => {
    const key = new VirtualNitrokey({ timer: REAL_TIMER, model });
    const expected = Array.from({ length: 18 }, (_, index) => {
      const isCounter = index >= 15;
      const name = `${isCounter ? "C" : "T"}:slot ${index}`;
      const secret = utf8Bytes(`the secret no ${index}`);
      const digits = index % 2 === 0 ? 6 : 8;
      const periodSeconds = isCounter || index % 3 > 0 ? 30 : 60;
      const counter = 1000 * index;
      key.slots.program(isCounter ? 0x10 + index - 15 : FIRST_SLOT + index, {
        name,
        secret,
        digits,
        ...(isCounter ? { counter } : { periodSeconds }),
      });
      const movingFactor = isCounter ? counter : Math.floor(AT_SECONDS / periodSeconds);
      return { name, code: oracle(movingFactor, { secret, digits }), digits, periodSeconds };
    });
    const { page } = await token(key);
    await expectDevices(page, "hid", 1);
    expect(await readEach(page, AT_SECONDS)).toEqual(expected);
  });
}

/** What the key gives out by itself: the code of its own clock, which stands still. */
async function codeByItsOwnClock(key: VirtualNitrokey): Promise<string> {
  const command = new Uint8Array(64);
  command.set([0x04, FIRST_SLOT]);
  new DataView(command.buffer).setUint32(60, stm32Checksum(command.slice(0, 60)), true);
  key.send(command);
  const answer = await key.receive();
  return String(new DataView(answer.buffer).getUint32(7, true)).padStart(6, "0");
}

/** Minutes since 2014, as the key's memory counts: an hour ahead of now. */
const anHourAhead = () => Math.floor((Date.now() / 1000 - 1_388_534_400) / 60) + 60;

for (const agrees of [false, true]) {
  test(`a Nitrokey whose clock is ahead ${agrees ? "gives codes once the person agrees" : "stays as it is when the person does not agree"}`, async ({
    token,
  }) => {
    const key = new VirtualNitrokey({ timer: REAL_TIMER, timeMemory: anHourAhead() });
    key.slots.program(FIRST_SLOT, { name: ACCOUNT.name, digits: 6, secret: SECRET, periodSeconds: 30 });
    key.slots.program(0x10, { name: "Counter", digits: 6, secret: SECRET, counter: 5 });
    const { page } = await token(key);
    await expectDevices(page, "hid", 1);
    const readTwice = () =>
      page.evaluate(async (answer) => {
        const { grantedTokens } = await window.hardware.bridge();
        const session = await (await grantedTokens())[0]?.open();
        if (!session) throw new Error("no token");
        try {
          const [totp, hotp] = await session.list();
          if (!totp || !hotp) throw new Error("no credentials");
          let asked = 0;
          const onClockRefused = () => {
            asked += 1;
            return Promise.resolve(answer);
          };
          const codes = await session.consecutiveCodes(totp, 2, { onClockRefused }).then(
            (read) => read.map(({ code }) => code),
            (error: { code?: string; name: string }) => [error.name, String(error.code)],
          );
          // A counter needs no clock, so nobody is asked.
          return { codes, asked, counter: await session.code(hotp, { movingFactor: 0 }), atMs: Date.now() };
        } finally {
          await session.close();
        }
      }, agrees);
    const read = await readTwice();
    expect(read.asked).toBe(1);
    expect(read.counter).toBe(oracle(5));
    if (agrees) {
      expectPair(read);
      expectPair(await readTwice());
      expect(await codeByItsOwnClock(key)).not.toBe(oracle(0));
    } else {
      expect(read.codes).toEqual(["ClockRefusedError", "status-word"]);
      expect(await codeByItsOwnClock(key)).toBe(oracle(0));
      // Its memory is as it was, so it refuses again.
      const codes = ["ClockRefusedError", "status-word"];
      expect(await readTwice()).toMatchObject({ codes, asked: 1, counter: oracle(6) });
    }
  });
}
