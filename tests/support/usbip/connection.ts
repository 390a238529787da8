import type { Socket } from "node:net";
import type { Bytes } from "../../../src/core/bytes.ts";
import { UsbBabble, UsbStall, type VirtualUsbDevice } from "../../../src/virtual/usb/device.ts";
import { decodeSetupPacket } from "../../../src/virtual/usb/setup-packet.ts";
import { type FaultPlan, HUB_PORT, spoil } from "./faults.ts";
import {
  decodeSubmit,
  encodeDeviceRecord,
  encodeInterfaceRecords,
  encodeOperation,
  encodeReturnSubmit,
  encodeReturnUnlink,
  LENGTH,
  type Submit,
  USBIP,
} from "./frames.ts";
import { SocketReader } from "./socket-reader.ts";

/** Linux error numbers, as USB/IP carries them. */
const ERROR = { STALLED: -32, TOO_MUCH: -75, UNLINKED: -104, PROTOCOL: -71 } as const;
/** More than any of our devices takes in one transfer. */
const MOST = 1 << 20;
const NOTHING = Buffer.alloc(0);

/** One host that talks USB/IP to one device. */
export class UsbIpConnection {
  readonly #socket: Socket;
  readonly #reader: SocketReader;
  readonly #device: VirtualUsbDevice;
  readonly #busId: string;
  readonly #faults: FaultPlan;
  readonly #unplug: () => void;
  readonly #open = new Map<number, AbortController>();
  /** The last transfer of each endpoint: an endpoint does them one after the other. */
  readonly #last = new Map<number, Promise<void>>();

  constructor(
    socket: Socket,
    device: VirtualUsbDevice,
    busId: string,
    faults: FaultPlan,
    unplug: () => void,
  ) {
    this.#socket = socket;
    this.#reader = new SocketReader(socket);
    this.#device = device;
    this.#busId = busId;
    this.#faults = faults;
    this.#unplug = unplug;
  }

  /** Serves until the host hangs up or breaks the protocol. */
  async serve(): Promise<void> {
    try {
      while (await this.#serveOperation());
    } catch {
      // The socket is gone, or what came is not USB/IP: in both cases the host loses the device.
    } finally {
      for (const transfer of this.#open.values()) transfer.abort();
    }
  }

  /** One operation; true when another may follow on this connection. */
  async #serveOperation(): Promise<boolean> {
    const code = (await this.#reader.read(LENGTH.OPERATION))?.readUInt16BE(2);
    if (code === USBIP.REQUEST_DEVICE_LIST) {
      const count = Buffer.from([0, 0, 0, 1]);
      const list = [encodeDeviceRecord(this.#device, this.#busId), encodeInterfaceRecords(this.#device)];
      return this.#send(encodeOperation(USBIP.REPLY_DEVICE_LIST, 0), count, ...list);
    }
    if (code !== USBIP.REQUEST_IMPORT) return false;
    const wanted = (await this.#reader.read(LENGTH.BUS_ID))?.toString("latin1").replace(/\0.*$/su, "");
    if (wanted !== this.#busId) return this.#send(encodeOperation(USBIP.REPLY_IMPORT, 1));
    this.#send(encodeOperation(USBIP.REPLY_IMPORT, 0), encodeDeviceRecord(this.#device, this.#busId));
    while (await this.#serveUrb());
    return false;
  }

  async #serveUrb(): Promise<boolean> {
    const header = await this.#reader.read(LENGTH.HEADER);
    if (header?.readUInt32BE(0) === USBIP.UNLINK) {
      this.#unlink(header.readUInt32BE(4), header.readUInt32BE(20));
      return true;
    }
    if (header?.readUInt32BE(0) !== USBIP.SUBMIT) return false;
    const submit = decodeSubmit(header);
    const isOut = header.readUInt32BE(12) === 0;
    if (submit.length < 0 || submit.length > MOST) return false;
    const data = isOut ? await this.#reader.read(submit.length) : NOTHING;
    if (!data) return false;
    this.#enqueue(submit, Uint8Array.from(data), isOut);
    return true;
  }

  #enqueue(submit: Submit, data: Bytes, isOut: boolean): void {
    const abort = new AbortController();
    this.#open.set(submit.sequence, abort);
    const before = this.#last.get(submit.endpoint) ?? Promise.resolve();
    this.#last.set(
      submit.endpoint,
      before.then(() => this.#run(submit, data, isOut, abort.signal)),
    );
  }

  async #run(submit: Submit, data: Bytes, isOut: boolean, signal: AbortSignal): Promise<void> {
    let status = 0;
    let answer: Bytes = new Uint8Array(0);
    try {
      answer = await this.#transfer(submit, data, isOut, signal);
    } catch (error) {
      status = statusOf(error);
    }
    // An unlinked transfer is answered by its unlink.
    if (!this.#open.delete(submit.sequence) || signal.aborted) return;
    const actual = isOut && status === 0 ? data.length : answer.length;
    this.#send(encodeReturnSubmit(submit.sequence, status, actual, answer));
  }

  async #transfer(submit: Submit, data: Bytes, isOut: boolean, signal: AbortSignal): Promise<Bytes> {
    signal.throwIfAborted();
    const fault = this.#isPolled(submit.endpoint) ? null : this.#faults.take(submit);
    if (fault?.kind === "unplug") this.#unplug();
    if (fault?.kind === "unplug" || fault?.kind === "silence") return untilAborted(signal);
    if (fault?.kind === "stall") throw new UsbStall();
    if (submit.endpoint === 0) {
      const setup = decodeSetupPacket(Uint8Array.from(submit.setup));
      if (setup.requestType === HUB_PORT) {
        this.#device.reset();
        return new Uint8Array(0);
      }
      return spoil(await this.#device.control(setup, data), fault, isOut ? 0 : submit.length);
    }
    if (isOut) {
      await this.#device.transferOut(submit.endpoint, data, signal);
      return new Uint8Array(0);
    }
    return spoil(await this.#device.transferIn(submit.endpoint, submit.length, signal), fault, submit.length);
  }

  /** Hosts poll interrupt endpoints all the time: no fault is meant for them. */
  #isPolled(endpoint: number): boolean {
    const endpoints = this.#device.description.interfaces.flatMap((one) => one.endpoints);
    return endpoints.some(({ address, kind }) => address === endpoint && kind === "interrupt");
  }

  #unlink(sequence: number, victim: number): void {
    const open = this.#open.get(victim);
    this.#open.delete(victim);
    open?.abort();
    this.#send(encodeReturnUnlink(sequence, open ? ERROR.UNLINKED : 0));
  }

  #send(...parts: Buffer[]): boolean {
    if (!this.#socket.destroyed) this.#socket.write(Buffer.concat(parts));
    return !this.#socket.destroyed;
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

function statusOf(error: unknown): number {
  if (error instanceof UsbStall) return ERROR.STALLED;
  return error instanceof UsbBabble ? ERROR.TOO_MUCH : ERROR.PROTOCOL;
}
