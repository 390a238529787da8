import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { type CanoKeyFirmware, VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { UsbStall } from "../../../src/virtual/usb/device.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SELECT = "00a4040007a0000005272101";
const SELECT_ANSWER = "79030600007108e6901d400df3206c9000";
const LIST = "00a1000000";
const NOTHING = new Uint8Array(0);

function refused(error: unknown): string {
  if (error instanceof UsbStall) return "stall";
  throw error;
}

function bench(firmware: CanoKeyFirmware = "6.0.0") {
  const timer = new ManualTimer();
  const key = new VirtualCanoKey({ timer, random: () => parseHex("e6901d400df3206c"), firmware });
  const settle = () => key.transmitted();
  const vendorIn = (request: number, length: number) =>
    key.usb
      .control({ requestType: 0xc1, request, value: 0, index: 1, length }, NOTHING)
      .then(formatHex, refused);
  return {
    timer,
    key,
    settle,
    stat: () => vendorIn(2, 1),
    resp: (length = 1500) => vendorIn(1, length),
    async cmd(data: string | Bytes): Promise<string> {
      const bytes = typeof data === "string" ? parseHex(data) : data;
      const setup = { requestType: 0x41, request: 0, value: 0, index: 1, length: bytes.length };
      const outcome = await key.usb.control(setup, bytes).then(() => "ok", refused);
      if (!key.waitsForTouch) await settle();
      return outcome;
    },
  };
}

/** One message on the smart-card interface and its answer, without their headers' fixed parts. */
async function ccid(key: VirtualCanoKey, type: number, data = ""): Promise<string> {
  await send(key, type, data);
  return receive(key);
}

async function send(key: VirtualCanoKey, type: number, data = ""): Promise<void> {
  const bytes = parseHex(data);
  const head = Uint8Array.of(type, bytes.length, 0, 0, 0, 0, 1, 0, 0, 0);
  await key.usb.transferOut(0x02, Uint8Array.from([...head, ...bytes]), new AbortController().signal);
}

async function receive(key: VirtualCanoKey): Promise<string> {
  return formatHex(await key.usb.transferIn(0x82, 512, new AbortController().signal));
}

describe("a virtual CanoKey's WebUSB states, as recorded in 09-webusb-states", () => {
  it("goes from idle to ready, and gives a response once", async () => {
    const { stat, resp, cmd } = bench();
    expect(await stat()).toBe("ff");
    expect(await resp(64)).toBe("stall");
    expect(await cmd(SELECT)).toBe("ok");
    expect(await stat()).toBe("00");
    expect(await cmd(LIST)).toBe("stall");
    expect(await resp(8)).toBe("79030600007108e6");
    expect(await stat()).toBe("04");
    expect(await resp(64)).toBe("stall");
  });

  it("gives the buffer back 2 s after the last request", async () => {
    const { timer, stat, resp, cmd } = bench();
    await cmd(SELECT);
    await resp();
    timer.advance(1500);
    expect(await stat()).toBe("04");
    timer.advance(1999);
    expect(await stat()).toBe("04");
    timer.advance(2000);
    expect(await stat()).toBe("ff");
  });

  it("refuses a command of 1341 bytes and takes the next", async () => {
    const { stat, resp, cmd } = bench();
    expect(await cmd(new Uint8Array(1341))).toBe("stall");
    expect(await stat()).toBe("04");
    expect(await cmd(SELECT)).toBe("ok");
    expect(await resp(64)).toBe(SELECT_ANSWER);
    expect(await cmd("00010000")).toBe("ok");
    expect(await resp(64)).toBe("6700");
  });

  it("keeps a response over a reload of the page", async () => {
    const { stat, resp, cmd } = bench();
    await cmd(SELECT);
    expect(await stat()).toBe("00");
    expect(await cmd(LIST)).toBe("stall");
    expect(await resp()).toBe(SELECT_ANSWER);
    expect(await cmd(LIST)).toBe("ok");
    expect(await resp(64)).toBe("9000");
  });

  it("is locked by an empty command until a reset", async () => {
    const { key, timer, stat, resp, cmd } = bench();
    expect(await cmd("")).toBe("ok");
    expect(await stat()).toBe("03");
    expect(await cmd(LIST)).toBe("stall");
    expect(await resp()).toBe("stall");
    timer.advance(60_000);
    expect(await stat()).toBe("03");
    key.usb.reset();
    expect(await stat()).toBe("ff");
    expect(await cmd(SELECT)).toBe("ok");
    expect(await resp()).toBe(SELECT_ANSWER);
  });

  it("says 01 while it waits for a touch, and stalls everything else", async () => {
    const { key, settle, stat, resp, cmd } = bench();
    await cmd(SELECT);
    await resp();
    await cmd("000100001e7102746f7316210631323334353637383930313233343536373839307802");
    await resp();
    const waits = new Promise<void>((resolve) => key.onTouchChange(resolve));
    const sent = key.usb.control(
      { requestType: 0x41, request: 0, value: 0, index: 1, length: 20 },
      parseHex("00a200010e7102746f7408000000000000000100"),
    );
    await sent;
    await waits;
    expect(await stat()).toBe("01");
    expect(await cmd(LIST)).toBe("stall");
    expect(await resp()).toBe("stall");
    key.touch();
    await settle();
    expect(await stat()).toBe("00");
    expect(await resp(64)).toBe("76050641397eea9000");
  });

  it("drops the answer to a command from before a reset", async () => {
    const { key, stat, resp, cmd, settle } = bench();
    const sent = cmd(SELECT);
    key.usb.reset();
    await sent;
    await settle();
    expect(await stat()).toBe("ff");
    expect(await resp()).toBe("stall");
  });

  it("has no hold before firmware 3.0.0", async () => {
    const { stat, resp, cmd } = bench("5.5.5");
    await cmd(SELECT);
    expect(await resp()).toBe("79030505057108e6901d400df3206c9000");
    expect(await stat()).toBe("ff");
  });

  it("stalls other vendor requests and other interfaces", async () => {
    const { key } = bench();
    const setup = { requestType: 0xc1, request: 0xff, value: 0, index: 1, length: 8 };
    await expect(key.usb.control(setup, NOTHING)).rejects.toThrow(UsbStall);
    await expect(key.usb.control({ ...setup, index: 7 }, NOTHING)).rejects.toThrow(UsbStall);
    await expect(key.usb.control({ ...setup, requestType: 0xc0 }, NOTHING)).rejects.toThrow(UsbStall);
    await expect(key.usb.transferIn(0x85, 8, new AbortController().signal)).rejects.toThrow(UsbStall);
    await expect(key.usb.transferOut(0x05, NOTHING, new AbortController().signal)).rejects.toThrow(UsbStall);
  });
});

describe("a virtual CanoKey between a page and pcscd, as recorded in 10-webusb-ccid-contention", () => {
  it("keeps the reader out while the page holds the buffer, and the page out while an answer waits", async () => {
    const { key, timer, resp, cmd, settle } = bench();
    expect(await ccid(key, 0x62)).toBe("801100000000010081003bf71100008131fe6543616e6f6b657999");
    await cmd(SELECT);
    expect(await resp()).toBe(SELECT_ANSWER);
    expect(await ccid(key, 0x6f, "00a4040005f000000000")).toBe("800200000000010081006400");
    await cmd(LIST);
    expect(await resp()).toBe("9000");
    timer.advance(2000);
    expect(await ccid(key, 0x6f, "00a4040005f000000000")).toBe("800200000000010081009000");
    await cmd(LIST);
    expect(await resp()).toBe("6982");
    await cmd(SELECT);
    expect(await resp()).toBe(SELECT_ANSWER);
    timer.advance(2000);
    await send(key, 0x6f, SELECT);
    await settle();
    expect(await cmd(LIST)).toBe("stall");
    expect(await receive(key)).toBe("80110000000001008100" + SELECT_ANSWER);
    await cmd(LIST);
    expect(await resp()).toBe("9000");
    expect(await ccid(key, 0x63)).toBe("81000000000001018100");
    await cmd(LIST);
    expect(await resp()).toBe("6a82");
  });
});
