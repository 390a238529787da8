import { stm32Checksum } from "../../src/virtual/nitrokey/checksum.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

/** A command report of these first bytes, with its checksum. */
function report(...head: number[]): string {
  const bytes = new Uint8Array(64);
  bytes.set(head);
  new DataView(bytes.buffer).setUint32(60, stm32Checksum(bytes.slice(0, 60)), true);
  return Buffer.from(bytes).toString("hex");
}

const GET_STATUS = report(0x00);
const SET_TIME_59 = report(0x0b, 1, 59);
const GET_CODE = report(0x04, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30);

const makeNitrokey = () => {
  const key = new VirtualNitrokey({ timer: REAL_TIMER });
  const secret = Uint8Array.from(Buffer.from("12345678901234567890"));
  key.slots.program(0x20, { name: "AWS root", secret, digits: 6 });
  return key;
};

test("a page sends and receives feature reports", async ({ token }) => {
  const { page } = await token(makeNitrokey());
  await expectDevices(page, "hid", 1);
  const seen = await page.evaluate(
    async ([status = "", setTime = "", code = ""]) => {
      const { device, send, receive } = await window.hardware.openNitrokey();
      const ask = async (hex: string) => {
        await send(hex);
        return receive();
      };
      return {
        name: device.productName,
        usage: device.collections.map(({ usagePage, usage }) => [usagePage, usage]),
        status: await ask(status),
        time: await ask(setTime),
        code: await ask(code),
      };
    },
    [GET_STATUS, SET_TIME_59, GET_CODE],
  );
  expect(seen.name).toBe("Nitrokey Pro");
  expect(seen.usage).toEqual([[0xff00, 1]]);
  expect(seen.status).toBe(`0000dfb76eef000f00115f0000ffffff00${"00".repeat(43)}01ad8e45`);
  expect(seen.time.slice(12, 14)).toBe("00");
  expect(Buffer.from(seen.code, "hex").readUInt32LE(7)).toBe(287082);
  expect(seen.code).toHaveLength(128);
});

test("a Pro before 0.10 is a keyboard whose feature report pages may use", async ({ token }) => {
  const { page } = await token(new VirtualNitrokey({ timer: REAL_TIMER, model: "pro-0.9" }));
  await expectDevices(page, "hid", 1);
  const status = await page.evaluate(async (command) => {
    const { send, receive } = await window.hardware.openNitrokey();
    await send(command);
    return receive();
  }, GET_STATUS);
  expect(status).toMatch(/^0000dfb76eef000900/u);
});

test("plugging and unplugging reach the page as events", async ({ token }) => {
  const key = await token(makeNitrokey(), { plugged: false });
  await expectDevices(key.page, "hid", 0);
  await key.page.evaluate(() => {
    const events: string[] = [];
    Object.assign(window, { events });
    navigator.hid.addEventListener("connect", ({ device }) => events.push(`+${device.productId}`));
    navigator.hid.addEventListener("disconnect", ({ device }) => events.push(`-${device.productId}`));
  });
  const events = () => key.page.evaluate(() => Reflect.get(window, "events") as string[]);
  await key.plug();
  await expect.poll(events).toEqual(["+16648"]);
  await key.unplug();
  await expect.poll(events).toEqual(["+16648", "-16648"]);
  await key.plug();
  await expect.poll(events).toEqual(["+16648", "-16648", "+16648"]);
});

test("a refused report is an exception", async ({ token }) => {
  const { page, server } = await token(makeNitrokey());
  await expectDevices(page, "hid", 1);
  server.faults.add({ kind: "stall" });
  const result = await page.evaluate(async (command) => {
    const { send } = await window.hardware.openNitrokey();
    return window.hardware.outcome(send(command));
  }, GET_STATUS);
  expect(result).toBe("rejected: NotAllowedError");
});
