import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

const SELECT = "00a4040007a000000527210100";
const PUT = "000100002271084157533a726f6f74731621063132333435363738393031323334353637383930";
const CALCULATE = "00a200011471084157533a726f6f747408000000000000000100";

const makeCanoKey = () => new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });

test("a page finds a CanoKey by the policy's grant and talks to its applet", async ({ token }) => {
  const { page } = await token(makeCanoKey());
  await expectDevices(page, "usb", 1);
  const seen = await page.evaluate(
    async ([select = "", put = "", calculate = ""]) => {
      const { device, transmit } = await window.hardware.openCanoKey();
      return {
        product: `${device.manufacturerName} ${device.productName} ${device.serialNumber}`,
        classes: device.configuration?.interfaces.map(({ alternate }) => alternate.interfaceClass),
        selected: await transmit(select),
        put: await transmit(put),
        code: await transmit(calculate),
      };
    },
    [SELECT, PUT, CALCULATE],
  );
  expect(seen).toEqual({
    product: "canokeys.org CanoKey 20260001",
    classes: [0x03, 0xff, 0x0b, 0x03],
    selected: expect.stringMatching(/^79030600007108[0-9a-f]{16}9000$/u) as unknown as string,
    put: "9000",
    code: "76050641397eea9000",
  });
});

test("the browser keeps the protected interfaces from the page", async ({ token }) => {
  const { page } = await token(makeCanoKey());
  await expectDevices(page, "usb", 1);
  const outcomes = await page.evaluate(async () => {
    const { device } = await window.hardware.openCanoKey();
    return Promise.all([0, 2, 3].map((number) => window.hardware.outcome(device.claimInterface(number))));
  });
  expect(outcomes).toEqual(Array(3).fill("rejected: SecurityError"));
});

test("plugging and unplugging reach the page as events", async ({ token }) => {
  const key = await token(makeCanoKey(), { plugged: false });
  await expectDevices(key.page, "usb", 0);
  await key.page.evaluate(() => {
    const events: string[] = [];
    Object.assign(window, { events });
    navigator.usb.addEventListener("connect", ({ device }) => events.push(`+${device.serialNumber}`));
    navigator.usb.addEventListener("disconnect", ({ device }) => events.push(`-${device.serialNumber}`));
  });
  const events = () => key.page.evaluate(() => Reflect.get(window, "events") as string[]);
  await key.plug();
  await expect.poll(events).toEqual(["+20260001"]);
  await key.unplug();
  await expect.poll(events).toEqual(["+20260001", "-20260001"]);
  await key.plug();
  await expect.poll(events).toEqual(["+20260001", "-20260001", "+20260001"]);
  await expectDevices(key.page, "usb", 1);
});

test("a stall is a status, a pulled plug an exception", async ({ token }) => {
  const { page, server } = await token(makeCanoKey());
  await expectDevices(page, "usb", 1);
  server.faults.add({ kind: "stall" });
  server.faults.add({ kind: "truncate", length: 2 }, ({ length }) => length === 1500);
  server.faults.add({ kind: "unplug" }, ({ length }) => length === 1500);
  const outcomes = await page.evaluate(async (select) => {
    const { command, transmit, device } = await window.hardware.openCanoKey();
    return {
      stalled: await command(select),
      truncated: await transmit(select),
      unplugged: await window.hardware.outcome(transmit(select)),
      opened: await window.hardware.outcome(
        new Promise<boolean>((resolve) => {
          const poll = setInterval(() => {
            if (device.opened) return;
            clearInterval(poll);
            resolve(device.opened);
          }, 20);
        }),
      ),
    };
  }, SELECT);
  expect(outcomes).toEqual({
    stalled: "stall",
    truncated: "7903",
    unplugged: expect.stringMatching(/^rejected: (?:NetworkError|NotFoundError)$/u) as unknown as string,
    opened: false,
  });
});

test("an interface that another program holds cannot be claimed", async ({ token }) => {
  const { page } = await token(makeCanoKey(), { busy: [1] });
  await expectDevices(page, "usb", 1);
  const result = await page.evaluate(() => window.hardware.outcome(window.hardware.openCanoKey()));
  expect(result).toBe("rejected: NetworkError");
});

test("a transfer that is never answered ends with close()", async ({ token }) => {
  const { page, server } = await token(makeCanoKey());
  await expectDevices(page, "usb", 1);
  server.faults.add({ kind: "silence" });
  const result = await page.evaluate(async () => {
    const { state, device } = await window.hardware.openCanoKey();
    const pending = window.hardware.outcome(state());
    await device.close();
    return pending;
  });
  expect(result).toBe("rejected: AbortError");
});
