import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HidFeatureConnection } from "../../../src/transports/webhid.ts";
import { disconnectEvent, failure, Gate, outcome, resultOf } from "./outcome.ts";

const REPORT = Uint8Array.from({ length: 64 }, (_, index) => index + 1);

/** A HIDDevice with one feature report and no report id. */
class FakeHid {
  readonly events = new EventTarget();
  readonly productName: string = "Nitrokey Pro";
  readonly sent: Uint8Array[] = [];
  opened = false;
  closed = 0;
  report: Uint8Array = REPORT;
  beforeOpen: () => Promise<unknown> = () => Promise.resolve();
  before: () => Promise<unknown> = () => Promise.resolve();

  get device(): HIDDevice {
    return this as unknown as HIDDevice;
  }

  async open(): Promise<void> {
    await this.beforeOpen();
    this.opened = true;
  }

  async close(): Promise<void> {
    this.closed += 1;
    this.opened = false;
  }

  async sendFeatureReport(id: number, data: BufferSource): Promise<void> {
    this.#check(id);
    await this.before();
    this.sent.push(new Uint8Array(data as ArrayBuffer));
  }

  async receiveFeatureReport(id: number): Promise<DataView> {
    this.#check(id);
    await this.before();
    const buffer = new Uint8Array(this.report.length + 9).fill(0xaa);
    buffer.set(this.report, 4);
    return new DataView(buffer.buffer, 4, this.report.length);
  }

  unplug(): void {
    this.events.dispatchEvent(disconnectEvent(this));
  }

  #check(id: number): void {
    if (id !== 0 || !this.opened) throw new Error(`unexpected report ${id}`);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(): Promise<{ hid: FakeHid; connection: HidFeatureConnection }> {
  const hid = new FakeHid();
  const connection = await HidFeatureConnection.open(hid.device, { events: hid.events });
  return { hid, connection };
}

describe("reports", () => {
  it("go out and come in without an id", async () => {
    const { hid, connection } = await open();
    await connection.send(REPORT);
    expect(hid.sent).toEqual([REPORT]);
    expect(await connection.receive(64)).toEqual(REPORT);
    expect(connection.deviceName).toBe("Nitrokey Pro");
  });

  it("come in with one on Windows", async () => {
    const { hid, connection } = await open();
    hid.report = Uint8Array.of(0, ...REPORT);
    expect(await connection.receive(64)).toEqual(REPORT);
  });

  it.each([
    ["65 bytes with something in front", Uint8Array.of(1, ...REPORT)],
    ["63 bytes", REPORT.slice(1)],
    ["66 bytes", Uint8Array.of(0, 0, ...REPORT)],
    ["nothing", new Uint8Array(0)],
  ])("D5 of %s are refused", async (_, report) => {
    const { hid, connection } = await open();
    hid.report = report;
    expect((await failure(connection.receive(64))).code).toBe("malformed-answer");
  });

  it("go one at a time", async () => {
    const { hid, connection } = await open();
    const gate = new Gate();
    hid.before = () => gate.opened;
    const both = Promise.all([connection.send(REPORT), connection.receive(64)]);
    hid.report = REPORT.toReversed();
    gate.open();
    expect((await both)[1]).toEqual(REPORT.toReversed());
  });
});

const refused = () =>
  Promise.reject(new DOMException("Failed to write the feature report.", "NotAllowedError"));

describe("failures", () => {
  it("of opening have a meaning", async () => {
    for (const [name, code] of [
      ["NotAllowedError", "not-granted"],
      ["InvalidStateError", "device-in-use"],
    ] as const) {
      const hid = new FakeHid();
      hid.beforeOpen = () => Promise.reject(new DOMException("", name));
      expect((await failure(HidFeatureConnection.open(hid.device, { events: hid.events }))).code).toBe(code);
      expect(hid.closed).toBe(0);
    }
  });

  it("of a report mean no access, as long as the token is there", async () => {
    const { hid, connection } = await open();
    hid.before = refused;
    expect((await failure(connection.send(REPORT))).code).toBe("not-granted");
  });

  it("D1 of a report mean unplugged, when the event follows", async () => {
    const { hid, connection } = await open();
    hid.before = refused;
    setTimeout(() => {
      hid.unplug();
    }, 300);
    expect((await failure(connection.receive(64))).code).toBe("unplugged");
  });

  it("D1 of a report that never settles come with the event", async () => {
    const { hid, connection } = await open();
    hid.before = () => new Promise(() => {});
    queueMicrotask(() => {
      hid.unplug();
    });
    const started = performance.now();
    expect((await failure(connection.send(REPORT))).code).toBe("unplugged");
    expect(performance.now() - started).toBeLessThanOrEqual(3_000);
    expect(hid.closed).toBe(1);
    expect((await failure(connection.send(REPORT))).code).toBe("unplugged");
  });

  it("D2 of a report that never settles come after 3 s without one", async () => {
    const { hid, connection } = await open();
    hid.before = () => new Promise(() => {});
    expect((await failure(connection.send(REPORT))).code).toBe("timeout");
  });

  it("are not another device's", async () => {
    const { hid, connection } = await open();
    hid.events.dispatchEvent(disconnectEvent(new FakeHid()));
    await connection.send(REPORT);
    expect(hid.closed).toBe(0);
  });
});

describe("cancelling", () => {
  it("rejects at once", async () => {
    const { hid, connection } = await open();
    const gate = new Gate();
    hid.before = () => gate.opened;
    const abort = new AbortController();
    const cancelled = connection.send(REPORT, abort.signal);
    abort.abort(new Error("cancelled"));
    await expect(cancelled).rejects.toThrow("cancelled");
    gate.open();
    expect(await resultOf(connection.receive(64))).toEqual(REPORT);
  });

  it("closes a device that opens afterwards", async () => {
    const hid = new FakeHid();
    const gate = new Gate();
    hid.beforeOpen = () => gate.opened;
    const abort = new AbortController();
    const opening = HidFeatureConnection.open(hid.device, { events: hid.events, signal: abort.signal });
    abort.abort(new Error("cancelled"));
    await expect(opening).rejects.toThrow("cancelled");
    gate.open();
    await vi.runAllTimersAsync();
    expect(hid.opened).toBe(false);
    expect(hid.closed).toBe(1);
  });

  it("before opening opens nothing", async () => {
    const hid = new FakeHid();
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(HidFeatureConnection.open(hid.device, { events: hid.events, signal })).rejects.toThrow(
      "cancelled",
    );
    expect(hid.opened).toBe(false);
  });
});

it("closes once, after the report under way", async () => {
  const { hid, connection } = await open();
  const gate = new Gate();
  hid.before = () => gate.opened;
  const sending = connection.send(REPORT);
  const closing = Promise.all([connection.close(), connection.close()]);
  gate.open();
  await outcome(sending);
  await closing;
  expect(hid.closed).toBe(1);
  expect(await outcome(connection.send(REPORT))).toMatchObject({ error: { name: "AbortError" } });
});
