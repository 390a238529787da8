import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bytes } from "../../../src/core/bytes.ts";
import { CanokeyConnection } from "../../../src/transports/webusb-canokey.ts";
import { FakeCanokey, openCanokey } from "./fake-canokey.ts";
import { bytes, failure, outcome, text, resultOf } from "./outcome.ts";

const SELECT = bytes("00a4040007a0000005272101");
const SELECTED = bytes("79030600007108e6901d400df3206c9000");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("an exchange", () => {
  it("is command, status, response", async () => {
    const { key, connection } = await openCanokey();
    key.answer = () => SELECTED;

    expect(text(await connection.transmit(SELECT))).toBe(text(SELECTED));
    expect(key.requests).toEqual(["command", "status", "response"]);
    expect(key.received).toEqual([SELECT]);
    expect(connection.deviceName).toBe("Fake token");
  });

  it("polls at growing distances until the answer is there", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = 8;
    const started = performance.now();
    await resultOf(connection.transmit(SELECT));
    expect(key.requests.filter((request) => request === "status")).toHaveLength(9);
    expect(performance.now() - started).toBe(1 + 2 + 4 + 8 + 16 + 32 + 50 + 50);
  });

  it("asks for more than any answer has", async () => {
    const { key, connection } = await openCanokey();
    key.answer = () => new Uint8Array(1342).fill(0x90);
    expect(await connection.transmit(SELECT)).toHaveLength(1342);
  });

  it("runs one at a time", async () => {
    const { key, connection } = await openCanokey();
    key.answer = (command) => Uint8Array.of(command[1] ?? 0, 0x90, 0x00);
    const answers = await resultOf(
      Promise.all([connection.transmit(bytes("00a1000000")), connection.transmit(bytes("00a5000000"))]),
    );
    expect(answers.map(text)).toEqual(["a19000", "a59000"]);
  });

  it.each([0, 1341])("never sends a command of %i bytes", async (length) => {
    const { key, connection } = await openCanokey();
    await expect(connection.transmit(new Uint8Array(length))).rejects.toThrow(RangeError);
    expect(key.requests).toEqual([]);
  });

  it.each<[string, Bytes]>([
    ["nothing", bytes("")],
    ["one byte", bytes("90")],
  ])("takes %s for no answer", async (_, answer) => {
    const { key, connection } = await openCanokey();
    key.answer = () => answer;
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
    key.answer = () => SELECTED;
    expect(await resultOf(connection.transmit(SELECT))).toEqual(SELECTED);
  });

  it("says so when the answer is lost", async () => {
    const { key, connection } = await openCanokey();
    key.answer = () => {
      queueMicrotask(() => {
        key.state = 0xff;
      });
      return SELECTED;
    };
    expect((await failure(connection.transmit(SELECT))).code).toBe("malformed-answer");
  });
});

describe("a key in an odd state", () => {
  it("has its old answer dropped when it is opened", async () => {
    const { key, connection } = await openCanokey((fake) => {
      fake.state = 0x00;
      fake.response = SELECTED;
    });
    key.answer = () => bytes("9000");
    expect(text(await connection.transmit(SELECT))).toBe("9000");
  });

  it("is waited for while it works for an earlier page", async () => {
    const { key, connection } = await openCanokey((fake) => {
      fake.state = 0x01;
      fake.workingPolls = 20;
    });
    expect(text(await connection.transmit(SELECT))).toBe("9000");
    expect(key.claimed.has(1)).toBe(true);
  });

  it("is given up, and closed, when it works on", async () => {
    const key = new FakeCanokey();
    key.state = 0x01;
    key.workingPolls = Number.POSITIVE_INFINITY;
    const error = await failure(CanokeyConnection.open(key.device, { events: key.events }));
    expect(error.code).toBe("device-in-use");
    expect(key.calls).toEqual(["open", "claimInterface 1", "releaseInterface 1", "close"]);
  });

  it("is reset when it waits for the rest of an empty command", async () => {
    const { key, connection } = await openCanokey((fake) => {
      fake.state = 0x03;
    });
    expect(key.calls).toContain("reset");
    expect(text(await connection.transmit(SELECT))).toBe("9000");
  });

  it("has an answer dropped that turns up later", async () => {
    const { key, connection } = await openCanokey();
    key.state = 0x00;
    key.response = SELECTED;
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
    expect(key.requests.slice(0, 3)).toEqual(["command", "status", "response"]);
  });

  it("is tried again while another program has it", async () => {
    const { key, connection } = await openCanokey();
    key.busyCommands = 5;
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
    expect(key.received).toHaveLength(1);
  });

  it("is given up when another program keeps it", async () => {
    const { key, connection } = await openCanokey();
    key.busyCommands = Number.POSITIVE_INFINITY;
    const started = performance.now();
    expect((await failure(connection.transmit(SELECT))).code).toBe("device-in-use");
    expect(performance.now() - started).toBeLessThan(3_000);
    key.busyCommands = 0;
    expect(text(await connection.transmit(SELECT))).toBe("9000");
  });
});

const lost = () => Promise.reject(new DOMException("A transfer error has occurred.", "NetworkError"));

describe("a key that goes away", () => {
  it.each([1, 2, 3])("D1 in transfer %i of an exchange", async (transfer) => {
    const { key, connection } = await openCanokey();
    for (let before = 1; before < transfer; before += 1)
      key.instead.push(() => Promise.resolve() as Promise<never>);
    key.instead.push(lost);
    const error = await failure(connection.transmit(SELECT));
    expect(error.code).toBe("unplugged");
    expect(error.cause).toBeInstanceOf(DOMException);
  });

  it("while a transfer never settles", async () => {
    const { key, connection } = await openCanokey();
    key.instead.push(() => {
      queueMicrotask(() => {
        key.unplug();
      });
      return new Promise<never>(() => {});
    });
    expect((await failure(connection.transmit(SELECT))).code).toBe("unplugged");
    expect((await failure(connection.transmit(SELECT))).code).toBe("unplugged");
    await resultOf(connection.close());
  });

  it("is not mixed up with another device", async () => {
    const { key, connection } = await openCanokey();
    new FakeCanokey().unplug();
    key.events.dispatchEvent(Object.assign(new Event("disconnect"), { device: {} }));
    key.events.dispatchEvent(new Event("disconnect"));
    expect(text(await connection.transmit(SELECT))).toBe("9000");
  });

  it("or hangs", async () => {
    const { key, connection } = await openCanokey();
    key.instead.push(() => new Promise<never>(() => {}));
    expect((await failure(connection.transmit(SELECT))).code).toBe("timeout");
  });
});

describe("closing", () => {
  it("waits for the exchange under way, and happens once", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = 5;
    const answer = connection.transmit(SELECT);
    const closing = Promise.all([connection.close(), connection.close()]);

    expect(text(await resultOf(answer))).toBe("9000");
    await resultOf(closing);
    expect(key.calls).toEqual(["open", "claimInterface 1", "releaseInterface 1", "close"]);
    expect(await outcome(connection.transmit(SELECT))).toMatchObject({ error: { name: "AbortError" } });
  });

  it("does not care when the device is gone", async () => {
    const { key, connection } = await openCanokey();
    key.unplug();
    await resultOf(connection.close());
    expect(key.opened).toBe(false);
  });
});
