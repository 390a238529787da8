import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CcidConnection } from "../../../src/transports/webusb-ccid.ts";
import { dataBlock, FakePico, openPico, timeExtension } from "./fake-pico.ts";
import { FakeUsbDevice, bulk } from "./fake-usb-device.ts";
import { bytes, failure, text, resultOf } from "./outcome.ts";

const SELECT = bytes("00a4040007a000000527210100");
const OK = bytes("9000");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("opening", () => {
  it("finds the vendor interface and switches the card on", async () => {
    const { pico, connection } = await openPico();
    expect(pico.calls).toEqual(["open", "claimInterface 3"]);
    expect(pico.powerOns).toBe(1);
    expect(connection.deviceName).toBe("Fake token");
  });

  it("drops what an earlier page left behind", async () => {
    const { connection } = await openPico((pico) => {
      pico.send(dataBlock(1, bytes("6a82")), timeExtension(2), dataBlock(2, bytes("6a82")));
    });
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
  });

  it("closes a token that does not answer", async () => {
    const pico = new FakePico();
    pico.transferOut = (_, data) => Promise.resolve({ status: "ok", bytesWritten: data.byteLength });
    expect((await failure(CcidConnection.open(pico.device, { events: pico.events }))).code).toBe("timeout");
    expect(pico.calls.slice(2)).toEqual(["releaseInterface 3", "close"]);
  });

  it.each([
    ["no endpoints", []],
    ["one way only", [bulk(1, "in")]],
    ["interrupts", [{ ...bulk(1, "in"), type: "interrupt" as const }, bulk(1, "out")]],
  ])("refuses an interface with %s", async (_, endpoints) => {
    const fake = new FakeUsbDevice([{ number: 0, classCode: 0xff, endpoints }]);
    expect((await failure(CcidConnection.open(fake.device, { events: fake.events }))).code).toBe(
      "not-supported",
    );
  });
});

describe("an exchange", () => {
  it("carries the APDU with a new number each time", async () => {
    const { pico, connection } = await openPico();
    for (let round = 0; round < 257; round += 1) await resultOf(connection.transmit(SELECT));
    const sequences = pico.received.map(({ sequence }) => sequence);
    expect(sequences.slice(0, 3)).toEqual([1, 2, 3]);
    expect(sequences.slice(253)).toEqual([254, 255, 1, 2]);
    expect(pico.received[0]?.command).toEqual(SELECT);
  });

  it.each([2, 53, 54, 55, 63, 64, 118, 119, 1000, 2038])("brings an answer of %i bytes", async (length) => {
    const { pico, connection } = await openPico();
    const answer = Uint8Array.from({ length }, (_, index) => index & 0xff);
    pico.answer = (_, sequence) => [dataBlock(sequence, answer)];
    expect(await resultOf(connection.transmit(SELECT))).toEqual(answer);
    // A multiple of the packet size may or may not be followed by an empty packet.
    pico.sendPacket(new Uint8Array(0));
    expect(await resultOf(connection.transmit(SELECT))).toEqual(answer);
  });

  it("comes together from packets cut anywhere", async () => {
    const { pico, connection } = await openPico();
    const answer = Uint8Array.from({ length: 30 }, (_, index) => index);
    for (let cut = 0; cut <= 40; cut += 1) {
      pico.answer = (_, sequence) => {
        const message = dataBlock(sequence, answer);
        pico.sendPacket(message.slice(0, cut));
        pico.sendPacket(message.slice(cut));
        return [];
      };
      expect(await resultOf(connection.transmit(SELECT))).toEqual(answer);
    }
  });

  it("refuses what is no command", async () => {
    const { pico, connection } = await openPico();
    await expect(connection.transmit(new Uint8Array(0))).rejects.toThrow(RangeError);
    await expect(connection.transmit(new Uint8Array(5000))).rejects.toThrow(RangeError);
    expect(pico.received).toEqual([]);
  });

  it.each<[string, (sequence: number) => Uint8Array<ArrayBuffer>]>([
    ["without a status word", (sequence) => dataBlock(sequence, bytes("90"))],
    ["of another type", (sequence) => dataBlock(sequence, OK).fill(0x81, 0, 1)],
    ["that is no message", () => bytes("00112233445566778899")],
    ["that failed", (sequence) => dataBlock(sequence, new Uint8Array(0), 0x40, 0xf6)],
  ])("tells an answer %s", async (_, answer) => {
    const { pico, connection } = await openPico();
    const good = pico.answer;
    pico.answer = (__, sequence) => [answer(sequence)];
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
    pico.answer = good;
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
  });

  it("does not go on for ever with answers to other commands", async () => {
    const { pico, connection } = await openPico();
    pico.answer = () => Array.from({ length: 20 }, () => dataBlock(99, OK));
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
  });

  it("switches the card on again after a failure", async () => {
    const { pico, connection } = await openPico();
    pico.answer = (_, sequence) => [dataBlock(sequence, new Uint8Array(0), 0x41, 0xfe)];
    await failure(connection.transmit(SELECT));
    pico.answer = (_, sequence) => [dataBlock(sequence, OK)];
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
    expect(pico.powerOns).toBe(2);
  });

  it("tells a slot in use", async () => {
    const { pico, connection } = await openPico();
    pico.answer = (_, sequence) => [dataBlock(sequence, new Uint8Array(0), 0x40, 0xe0)];
    expect((await failure(connection.transmit(SELECT))).code).toBe("device-in-use");
  });

  it("clears a stall once on the way out, and on the way in", async () => {
    const { pico, connection } = await openPico();
    pico.outStatuses.push("stall");
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
    pico.outStatuses.push("stall", "stall");
    expect((await failure(connection.transmit(SELECT))).code).toBe("device-in-use");
    pico.inStatuses.push("stall");
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
    expect(pico.calls.filter((call) => call.startsWith("clearHalt"))).toEqual([
      "clearHalt out 4",
      "clearHalt out 4",
      "clearHalt in 4",
    ]);
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
  });
});

describe("the end", () => {
  it("D1 comes with unplugging in mid-exchange", async () => {
    const { pico, connection } = await openPico();
    pico.answer = () => {
      queueMicrotask(() => {
        pico.unplug();
      });
      return [];
    };
    expect((await failure(connection.transmit(SELECT))).code).toBe("unplugged");
    await resultOf(connection.close());
    expect(pico.calls.at(-1)).toBe("close");
  });

  it("waits for the exchange under way, and comes once", async () => {
    const { pico, connection } = await openPico();
    pico.answer = () => [];
    setTimeout(() => {
      pico.send(dataBlock(1, OK));
    }, 100);
    const answer = connection.transmit(SELECT);
    const closing = Promise.all([connection.close(), connection.close()]);
    expect(text(await resultOf(answer))).toBe("9000");
    await resultOf(closing);
    expect(pico.calls.slice(2)).toEqual(["releaseInterface 3", "close"]);
  });
});
