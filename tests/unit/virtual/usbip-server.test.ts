import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { VirtualNitrokey } from "../../../src/virtual/nitrokey/nitrokey.ts";
import { ManualTimer } from "../../support/manual-timer.ts";
import { SocketReader } from "../../support/usbip/socket-reader.ts";
import { UsbIpServer } from "../../support/usbip-server.ts";

const IN = 1;
const OUT = 0;
/** GET_REPORT of the feature report: 64 bytes. */
const GET_REPORT = "a101000300004000";
const GET_DEVICE = "8006000100001200";

const open: UsbIpServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function bench() {
  const key = new VirtualNitrokey({ timer: new ManualTimer() });
  const server = await UsbIpServer.start(key.usb, { busId: "1-7" });
  open.push(server);
  return { key, server };
}

/** A host's end of the wire. */
class Host {
  readonly socket: Socket;
  readonly #reader: SocketReader;
  #sequence = 0;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("error", () => undefined);
    this.#reader = new SocketReader(this.socket);
  }

  /** The next bytes, or null when the server hung up. */
  read(length: number): Promise<Buffer | null> {
    return this.#reader.read(length);
  }

  write(...parts: (string | Buffer)[]): void {
    this.socket.write(
      Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "hex") : part))),
    );
  }

  async import(busId: string): Promise<number | undefined> {
    this.write("0111800300000000", Buffer.from(busId.padEnd(32, "\0")));
    const status = (await this.read(8))?.readUInt32BE(4);
    if (status === 0) await this.read(312);
    return status;
  }

  /** Asks for a transfer; gives its sequence number. */
  submit(endpoint: number, direction: number, setup: string, length: number, data = ""): number {
    this.#sequence += 1;
    const header = Buffer.alloc(40);
    [1, this.#sequence, 0x10001, direction, endpoint, 0].forEach((value, at) =>
      header.writeUInt32BE(value, 4 * at),
    );
    header.writeInt32BE(length, 24);
    this.write(header, setup, data);
    return this.#sequence;
  }

  unlink(victim: number): void {
    this.#sequence += 1;
    const header = Buffer.alloc(48);
    [2, this.#sequence, 0x10001, 0, 0, victim].forEach((value, at) => header.writeUInt32BE(value, 4 * at));
    this.write(header);
  }

  /** The next answer: its kind, its sequence number, its status, its data. */
  async answer(withData = true) {
    const header = await this.read(48);
    if (!header) return null;
    const [kind, sequence, status] = [header.readUInt32BE(0), header.readUInt32BE(4), header.readInt32BE(20)];
    const actual = kind === 3 ? header.readInt32BE(24) : 0;
    const data = withData && status === 0 ? await this.read(actual) : null;
    return { kind, sequence, status, actual, data: data?.toString("hex") ?? "" };
  }
}

async function imported() {
  const all = await bench();
  const host = new Host(all.server.port);
  expect(await host.import("1-7")).toBe(0);
  return { ...all, host };
}

describe("the USB/IP server", () => {
  it("lists its device", async () => {
    const { server } = await bench();
    const host = new Host(server.port);
    host.write("0111800500000000");
    expect((await host.read(12))?.toString("hex")).toBe("011100050000000000000001");
    const record = await host.read(312);
    expect(record?.subarray(256, 288).toString().replaceAll("\0", "")).toBe("1-7");
    expect(record?.subarray(300).toString("hex")).toBe("20a041080101000000010102");
    expect((await host.read(8))?.toString("hex")).toBe("030000000b000000");
    host.socket.destroy();
  });

  it("hands out its own device only", async () => {
    const { server } = await bench();
    const host = new Host(server.port);
    expect(await host.import("9-9")).toBe(1);
    expect(await host.import("1-7")).toBe(0);
    expect(server.isImported).toBe(true);
    host.socket.destroy();
    await once(host.socket, "close");
  });

  it("moves control transfers both ways", async () => {
    const { host } = await imported();
    host.submit(0, IN, GET_DEVICE, 18);
    expect((await host.answer())?.data).toMatch(/^120110010000004.a0200841/u);
    host.submit(0, OUT, "2109000300004000", 64, `${"00".repeat(60)}dfb76eef`);
    expect(await host.answer(false)).toEqual({ kind: 3, sequence: 2, status: 0, actual: 64, data: "" });
    host.submit(0, IN, GET_REPORT, 64);
    expect((await host.answer())?.data).toMatch(/^0000dfb76eef/u);
    host.socket.destroy();
  });

  it("says stall, and goes on", async () => {
    const { host } = await imported();
    host.submit(0, IN, "c0ff000000001000", 16);
    expect((await host.answer())?.status).toBe(-32);
    host.submit(0, IN, GET_DEVICE, 18);
    expect((await host.answer())?.status).toBe(0);
    host.socket.destroy();
  });

  it("unlinks a transfer that waits, and says when it is too late", async () => {
    const { host } = await imported();
    const waiting = host.submit(4, IN, "0000000000000000", 8);
    host.unlink(waiting);
    expect(await host.answer()).toMatchObject({ kind: 4, sequence: 2, status: -104 });
    const done = host.submit(0, IN, GET_DEVICE, 18);
    await host.answer();
    host.unlink(done);
    expect(await host.answer()).toMatchObject({ kind: 4, status: 0 });
    host.socket.destroy();
  });

  it("resets the device as a hub's port does", async () => {
    const { host } = await imported();
    host.submit(0, OUT, "2303040001000000", 0);
    expect((await host.answer())?.status).toBe(0);
    host.socket.destroy();
  });

  it("lets transfers go wrong on demand, but never a standard request", async () => {
    const { host, server } = await imported();
    server.faults.add({ kind: "stall" });
    server.faults.add({ kind: "garbage", answer: Uint8Array.of(0xde, 0xad) });
    server.faults.add({ kind: "truncate", length: 3 });
    server.faults.add({ kind: "oversize" });
    server.faults.add({ kind: "babble" });
    const outcomes: unknown[] = [];
    for (let at = 0; at < 5; at += 1) {
      host.submit(0, IN, GET_DEVICE, 18);
      expect((await host.answer())?.status).toBe(0);
      host.submit(0, IN, GET_REPORT, at === 3 ? 80 : 64);
      const answer = await host.answer();
      outcomes.push(answer?.status === 0 ? answer.data : answer?.status);
    }
    expect(outcomes).toEqual([-32, "dead", "000000", `${"00".repeat(64)}${"a5".repeat(16)}`, -75]);
    expect(server.faults.pending).toBe(0);
    host.socket.destroy();
  });

  it("keeps silent on demand until the transfer is unlinked", async () => {
    const { host, server } = await imported();
    server.faults.add({ kind: "silence" });
    const silent = host.submit(0, IN, GET_REPORT, 64);
    const after = host.submit(0, IN, GET_DEVICE, 18);
    host.unlink(silent);
    expect(await host.answer()).toMatchObject({ kind: 4, status: -104 });
    expect(await host.answer()).toMatchObject({ kind: 3, sequence: after, status: 0 });
    host.socket.destroy();
  });

  it("pulls the plug on demand, in place of an answer", async () => {
    const { host, server, key } = await imported();
    key.send(Uint8Array.from([...new Uint8Array(60), 0xdf, 0xb7, 0x6e, 0xef]));
    server.faults.add({ kind: "unplug" }, ({ endpoint }) => endpoint === 0);
    host.submit(0, IN, GET_REPORT, 64);
    expect(await host.answer()).toBeNull();
    // The power was lost: the report is empty again, and the device can be imported anew.
    expect((await key.receive())[2]).toBe(0);
    const again = new Host(server.port);
    expect(await again.import("1-7")).toBe(0);
    again.socket.destroy();
  });

  it.each([
    ["an unknown operation", "0111900100000000"],
    [
      "an unknown command",
      `0111800300000000${Buffer.from("1-7".padEnd(32, "\0")).toString("hex")}00000009${"00".repeat(44)}`,
    ],
    [
      "a transfer of a gigabyte",
      `0111800300000000${Buffer.from("1-7".padEnd(32, "\0")).toString("hex")}00000001000000010001000100000000000000000000000040000000${"00".repeat(20)}`,
    ],
  ])("hangs up on %s", async (_name, hex) => {
    const { server } = await bench();
    const host = new Host(server.port);
    host.write(hex);
    while (await host.read(1));
    expect(await host.read(1)).toBeNull();
  });
});
