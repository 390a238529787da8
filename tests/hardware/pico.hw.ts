import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import { randomBytes, REAL_TIMER } from "../support/real-timer.ts";
import { expect, expectDevices, test } from "./token-test.ts";

const SELECT = "00a4040007a000000527210100";

/** Transfers of the WebCCID interface to the host. */
const isIn = ({ endpoint }: { readonly endpoint: number }) => endpoint === 0x84;

const makePico = () => new VirtualPico({ timer: REAL_TIMER, random: randomBytes });

test("a page talks CCID to a Pico over bulk transfers", async ({ token }) => {
  const { page } = await token(makePico());
  await expectDevices(page, "usb", 1);
  const seen = await page.evaluate(async (select) => {
    const { device, interfaceNumber, send, receive } = await window.hardware.openPico();
    await send(0x62, "");
    const powered = await receive();
    await send(0x6f, select);
    const selected = await receive();
    await send(0x65, "");
    return { name: device.productName, interfaceNumber, powered, selected, status: await receive() };
  }, SELECT);
  expect(seen).toEqual({
    name: "Pico Key",
    interfaceNumber: 3,
    powered: "800900000000000000003b8480015069636f30",
    selected: "801100000000010000007903070000710845363630353833389000",
    status: "81000000000002000000",
  });
});

test("an answer of several packets arrives whole", async ({ token }) => {
  const { page, model } = await token(makePico());
  await model.transmit(Uint8Array.from(Buffer.from(SELECT, "hex")));
  for (let at = 0; at < 40; at += 1) {
    const name = Buffer.from(`issuer:account-${String(at).padStart(2, "0")}`);
    const key = Buffer.from([0x73, 22, 0x21, 6, ...Buffer.from("12345678901234567890")]);
    const data = Buffer.concat([Buffer.from([0x71, name.length]), name, key]);
    await model.transmit(Uint8Array.from([0, 1, 0, 0, data.length, ...data]));
  }
  await expectDevices(page, "usb", 1);
  const list = await page.evaluate(async () => {
    const { send, receive } = await window.hardware.openPico();
    await send(0x62, "");
    await receive();
    await send(0x6f, "00a1000000");
    return receive();
  });
  expect(list).toHaveLength(2 * (10 + 40 * 20 + 2));
  expect(list.endsWith("9000")).toBe(true);
});

test("a bulk endpoint stalls, stays silent, and loses its plug", async ({ token }) => {
  const { page, server } = await token(makePico());
  await expectDevices(page, "usb", 1);
  server.faults.add({ kind: "stall" }, isIn);
  server.faults.add({ kind: "unplug" }, isIn);
  const outcomes = await page.evaluate(async () => {
    const { device, send, receive } = await window.hardware.openPico();
    await send(0x65, "");
    const stalled = await receive();
    await device.clearHalt("in", 4);
    return { stalled, unplugged: await window.hardware.outcome(receive()) };
  });
  expect(outcomes.stalled).toBe("stall");
  expect(outcomes.unplugged).toMatch(/^rejected: (?:NetworkError|NotFoundError)$/u);
});

test("a malformed command gets no answer; close() ends the wait", async ({ token }) => {
  const { page } = await token(makePico());
  await expectDevices(page, "usb", 1);
  const result = await page.evaluate(async () => {
    const { device, send, receive } = await window.hardware.openPico();
    await send(0x62, "");
    await receive();
    await send(0x6f, "00a4");
    const pending = window.hardware.outcome(receive());
    await device.close();
    return pending;
  });
  expect(result).toBe("rejected: AbortError");
});
