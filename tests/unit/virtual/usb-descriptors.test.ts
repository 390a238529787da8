import { describe, expect, it } from "vitest";
import { ByteReader } from "../../../src/core/byte-reader.ts";
import type { Bytes } from "../../../src/core/bytes.ts";
import { formatHex } from "../../../src/core/text-forms.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../../src/virtual/pico/pico.ts";
import { CompositeDevice } from "../../../src/virtual/usb/composite-device.ts";
import { UsbStall } from "../../../src/virtual/usb/device.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const timer = new ManualTimer();
const random = (length: number) => new Uint8Array(length);
const DEVICES = {
  canokey: new VirtualCanoKey({ timer, random }).usb,
  pico: new VirtualPico({ timer, random }).usb,
  nitrokey: new VirtualNitrokey({ timer }).usb,
  storage: new VirtualNitrokey({ timer, model: "storage" }).usb,
  librem: new VirtualNitrokey({ timer, model: "librem" }).usb,
} as const;

function request(
  device: CompositeDevice,
  requestType: number,
  number: number,
  value = 0,
  index = 0,
  length = 4096,
) {
  const setup = { requestType, request: number, value, index, length };
  return device.control(setup, new Uint8Array(0));
}

/** The descriptors inside a configuration, as lists: length and type are checked on the way. */
function split(configuration: Bytes): Bytes[] {
  const reader = new ByteReader(configuration);
  const descriptors: Bytes[] = [];
  while (reader.remaining > 0) {
    const length = reader.u8();
    descriptors.push(Uint8Array.from([length, ...reader.take(length - 1)]));
  }
  return descriptors;
}

describe.each(Object.entries(DEVICES))("descriptors of a virtual %s", (_name, device) => {
  it("have the lengths they say", async () => {
    const configuration = await request(device, 0x80, 6, 0x0200);
    expect(new DataView(configuration.buffer).getUint16(2, true)).toBe(configuration.length);
    const descriptors = split(configuration);
    const interfaces = descriptors.filter((one) => one[1] === 4);
    expect(interfaces.map((one) => one[2])).toEqual(device.description.interfaces.map((_, number) => number));
    expect(configuration[4]).toBe(interfaces.length);
    const endpoints = descriptors.filter((one) => one[1] === 5).map((one) => one[2]);
    expect(new Set(endpoints).size).toBe(endpoints.length);
    expect(interfaces.reduce((sum, one) => sum + (one[4] ?? 0), 0)).toBe(endpoints.length);
  });

  it("name the device", async () => {
    const bytes = await request(device, 0x80, 6, 0x0100);
    expect(bytes).toHaveLength(18);
    const { vendorId, productId, manufacturer, product, serialNumber } = device.description;
    const view = new DataView(bytes.buffer);
    expect([view.getUint16(8, true), view.getUint16(10, true)]).toEqual([vendorId, productId]);
    const texts = await Promise.all([14, 15, 16].map((at) => text(device, bytes[at] ?? 0)));
    expect(texts).toEqual([manufacturer, product, serialNumber]);
    expect(formatHex(await request(device, 0x80, 6, 0x0300))).toBe("04030904");
  });

  it("give each HID interface its report descriptor, and nothing else", async () => {
    for (const [number, one] of device.description.interfaces.entries()) {
      const asked = request(device, 0x81, 6, 0x2200, number).then(formatHex, (error: unknown) => error);
      if (one.reportDescriptor) expect(await asked).toBe(formatHex(one.reportDescriptor));
      else expect(await asked).toBeInstanceOf(UsbStall);
    }
  });
});

async function text(device: CompositeDevice, index: number): Promise<string> {
  const bytes = await request(device, 0x80, 6, 0x0300 | index, 0x0409);
  return new TextDecoder("utf-16le").decode(bytes.slice(2));
}

function classes(device: CompositeDevice): number[] {
  return device.description.interfaces.map(({ classCode }) => classCode);
}

describe("what tells the tokens apart", () => {
  it("keeps the numbers and classes of the interfaces", () => {
    expect(classes(DEVICES.canokey)).toEqual([0x03, 0xff, 0x0b, 0x03]);
    expect(classes(DEVICES.pico)).toEqual([0x03, 0x03, 0x0b, 0xff]);
    expect(classes(DEVICES.nitrokey)).toEqual([0x03, 0x0b]);
    expect(DEVICES.canokey.description.interfaces[1]?.endpoints).toEqual([]);
    expect(DEVICES.canokey.description.serialNumber).toBe("20260001");
    expect(DEVICES.nitrokey.description.serialNumber).toBe("000000000000000000005F11");
  });

  it.each(["canokey", "pico"] as const)("lets Windows open the vendor interface of a %s", async (name) => {
    const device = DEVICES[name];
    const store = await request(device, 0x80, 6, 0x0f00);
    expect(new DataView(store.buffer).getUint16(2, true)).toBe(store.length);
    expect(formatHex(store)).toContain("38b60834a909a0478bfda0768815b665");
    expect(formatHex(store)).toContain("df60ddd88945c74c9cd2659d9e648a9f");
    const set = await request(device, 0xc0, 2, 0, 7);
    expect(new DataView(set.buffer).getUint16(8, true)).toBe(set.length);
    expect(new TextDecoder().decode(set)).toContain("WINUSB");
    expect(set[22]).toBe(name === "canokey" ? 1 : 3);
    expect(new TextDecoder().decode((await request(device, 0xc0, 1, 1, 2)).slice(3))).toMatch(
      /canokeys|picokeys/u,
    );
  });
});

describe("standard requests", () => {
  const device = DEVICES.nitrokey;

  it("are answered", async () => {
    expect(formatHex(await request(device, 0x80, 0))).toBe("0000");
    expect(formatHex(await request(device, 0x80, 8))).toBe("01");
    expect(formatHex(await request(device, 0x81, 10, 0, 1))).toBe("00");
    for (const [number, value] of [
      [1, 0],
      [5, 9],
      [9, 1],
      [11, 0],
    ]) {
      expect(formatHex(await request(device, 0x00, number ?? 0, value))).toBe("");
    }
  });

  it.each([
    [0x80, 6, 0x0f00],
    [0x80, 6, 0x0600],
    [0x80, 6, 0x0201],
    [0x80, 6, 0x0309],
    [0x00, 9, 2],
    [0x01, 11, 1],
    [0x80, 12, 0],
    [0x00, 7, 0],
    [0xc0, 2, 0],
  ])("stall when there is no answer: %i %i %i", async (requestType, number, value) => {
    await expect(request(device, requestType, number, value, 0)).rejects.toThrow(UsbStall);
  });

  it("give no more than is asked for", async () => {
    expect(await request(device, 0x80, 6, 0x0100, 0, 8)).toHaveLength(8);
  });

  it("are refused to a device without a function for each interface", () => {
    expect(() => new CompositeDevice(device.description, [])).toThrow(RangeError);
  });
});
