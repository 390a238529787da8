import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BridgeErrorCode } from "../../../src/core/bridge-error.ts";
import { bytesOf, UsbLink } from "../../../src/transports/usb-link.ts";
import { FakeUsbDevice, inResult } from "./fake-usb-device.ts";
import { failure, Gate, outcome, resultOf } from "./outcome.ts";

const vendor = ({ interfaceClass }: USBAlternateInterface) =>
  interfaceClass === 0xff ? interfaceClass : null;
const INTERFACES = [
  { number: 2, classCode: 0x0b },
  { number: 3, classCode: 0xff },
  { number: 4, classCode: 0xff },
];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("opening", () => {
  it("claims the first interface that fits", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    const link = await UsbLink.open(fake.device, vendor, { events: fake.events });
    expect(link.picked).toBe(0xff);
    expect(fake.calls).toEqual(["open", "claimInterface 3"]);
    await link.close();
    expect(fake.calls.slice(2)).toEqual(["releaseInterface 3", "close"]);
  });

  it("selects a configuration where none is", async () => {
    const fake = new FakeUsbDevice(INTERFACES, { configured: false });
    await UsbLink.open(fake.device, vendor, { events: fake.events });
    expect(fake.calls).toEqual(["open", "selectConfiguration 1", "claimInterface 3"]);
  });

  it.each<[string, string, BridgeErrorCode]>([
    ["open", "SecurityError", "not-granted"],
    ["open", "NotFoundError", "unplugged"],
    ["claimInterface", "NetworkError", "device-in-use"],
    ["claimInterface", "SecurityError", "blocked-by-browser"],
    ["claimInterface", "NotFoundError", "malformed-answer"],
  ])("%s ending in %s is %s, and closes the device", async (method, name, code) => {
    const fake = new FakeUsbDevice(INTERFACES);
    fake.failures.set(method, new DOMException("", name));
    const error = await failure(UsbLink.open(fake.device, vendor, { events: fake.events }));
    expect(error.code).toBe(code);
    expect(fake.calls.at(-1)).toBe("close");
  });

  it("tells a device without an interface for pages", async () => {
    const fake = new FakeUsbDevice([{ number: 0, classCode: 0x0b }]);
    const error = await failure(UsbLink.open(fake.device, vendor, { events: fake.events }));
    expect(error.code).toBe("not-supported");
    expect(fake.calls).toEqual(["open", "close"]);
  });

  it("does nothing when it is aborted before", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(UsbLink.open(fake.device, vendor, { events: fake.events, signal })).rejects.toThrow(
      "cancelled",
    );
    expect(fake.calls).toEqual([]);
  });

  it.each(["open", "claimInterface"] as const)("closes the device when aborted in %s", async (method) => {
    const fake = new FakeUsbDevice(INTERFACES);
    const abort = new AbortController();
    const finished = new Gate();
    const original = fake[method];
    Object.assign(fake, {
      [method]: async (number: number) => {
        abort.abort(new Error("cancelled"));
        await finished.opened;
        await original.call(fake, number);
      },
    });

    await expect(
      UsbLink.open(fake.device, vendor, { events: fake.events, signal: abort.signal }),
    ).rejects.toThrow("cancelled");
    expect(fake.calls).not.toContain("close");
    finished.open();
    await vi.runAllTimersAsync();
    expect(fake.calls.at(-1)).toBe("close");
    expect(fake.opened).toBe(false);
  });

  it("D1 tells an unplugging meanwhile", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    fake.claimInterface = () => {
      fake.unplug();
      return new Promise(() => {});
    };
    expect((await failure(UsbLink.open(fake.device, vendor, { events: fake.events }))).code).toBe(
      "unplugged",
    );
  });
});

describe("transfers", () => {
  it("carry the interface and give exceptions a meaning", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    const link = await UsbLink.open(fake.device, vendor, { events: fake.events });
    const setups: unknown[] = [];
    fake.controlTransferIn = (setup, length) => {
      setups.push({ ...setup, length });
      return Promise.resolve(inResult([1, 2]));
    };
    expect(bytesOf(await link.controlIn(7, 2))).toEqual(Uint8Array.of(1, 2));
    expect(setups).toEqual([
      { requestType: "vendor", recipient: "interface", request: 7, value: 0, index: 3, length: 2 },
    ]);

    fake.controlTransferIn = () => Promise.reject(new DOMException("", "InvalidStateError"));
    expect((await failure(link.controlIn(7, 2))).code).toBe("unplugged");
    fake.controlTransferIn = () => Promise.reject(new DOMException("", "AbortError"));
    // Nobody here closed it: so ends a pending transfer of a device that goes.
    expect((await failure(link.controlIn(7, 2))).code).toBe("unplugged");
    await link.close();
    expect(await outcome(link.controlIn(7, 2))).toMatchObject({ error: { name: "AbortError" } });
  });

  it("tell a device that is gone, before the event comes, from an endpoint that is not there", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    const link = await UsbLink.open(fake.device, vendor, { events: fake.events });
    fake.transferIn = () => Promise.reject(new DOMException("", "NotFoundError"));
    expect((await failure(link.bulkIn(1, 64))).code).toBe("malformed-answer");
    fake.opened = false;
    expect((await failure(link.bulkIn(1, 64))).code).toBe("unplugged");
  });

  it("are not tried on a device that is gone, nor is closing", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    const link = await UsbLink.open(fake.device, vendor, { events: fake.events });
    fake.unplug();
    fake.calls.length = 0;
    expect((await failure(link.reset())).code).toBe("unplugged");
    await resultOf(link.close());
    expect(fake.calls).toEqual(["close"]);
  });

  it("have a device name even where the device has none, and no bytes where there are none", async () => {
    const fake = new FakeUsbDevice(INTERFACES);
    fake.productName = null;
    const link = await UsbLink.open(fake.device, vendor, { events: fake.events });
    expect(link.deviceName).toBe("USB token");
    expect(bytesOf({ status: "ok" })).toHaveLength(0);
  });
});
