import { concatBytes, type Bytes } from "../../../src/core/bytes.ts";
import { CcidConnection } from "../../../src/transports/webusb-ccid.ts";
import { bulk, FakeUsbDevice, inResult } from "./fake-usb-device.ts";
import { resultOf } from "./outcome.ts";

const OUT = 4;
const IN = 4;
const PACKET = 64;

/** The bulk pipes of a Pico FIDO: a queue of packets, and reads that wait for them. */
export class FakePico extends FakeUsbDevice {
  /** Command APDUs with their sequence numbers. */
  readonly received: { readonly sequence: number; readonly command: Bytes }[] = [];
  /** Gives the messages that answer an APDU; none: the token stays silent until {@link send}. */
  answer: (command: Bytes, sequence: number) => readonly Bytes[] = (_, sequence) => [
    dataBlock(sequence, Uint8Array.of(0x90, 0x00)),
  ];
  powerOns = 0;
  /** Statuses of the next transfers, instead of “ok”. */
  readonly outStatuses: USBTransferStatus[] = [];
  readonly inStatuses: USBTransferStatus[] = [];
  readonly #packets: Bytes[] = [];
  #reader: { readonly length: number; readonly resolve: (result: USBInTransferResult) => void } | null = null;

  constructor() {
    super([
      { number: 0, classCode: 0x03 },
      { number: 2, classCode: 0x0b, endpoints: [bulk(3, "in"), bulk(3, "out")] },
      { number: 3, classCode: 0xff, endpoints: [bulk(OUT, "out"), bulk(IN, "in")] },
    ]);
  }

  /** Sends a message in packets of 64 bytes, the last one shorter. */
  send(...messages: readonly Bytes[]): void {
    for (const message of messages) {
      for (let at = 0; at === 0 || at < message.length; at += PACKET) {
        this.sendPacket(message.slice(at, at + PACKET));
      }
    }
  }

  sendPacket(packet: Bytes): void {
    this.#packets.push(packet);
    this.#serve();
  }

  override transferOut(endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    if (endpoint !== OUT || !this.claimed.has(3)) throw new Error(`unexpected transferOut ${endpoint}`);
    const status = this.outStatuses.shift() ?? "ok";
    const message = new Uint8Array(data as Bytes).slice();
    if (status === "ok") this.#take(message);
    return Promise.resolve({ status, bytesWritten: status === "ok" ? message.length : 0 });
  }

  override transferIn(endpoint: number, length: number): Promise<USBInTransferResult> {
    if (endpoint !== IN || length % PACKET !== 0 || this.#reader) {
      throw new Error(`unexpected transferIn ${endpoint} ${length}`);
    }
    const status = this.inStatuses.shift();
    if (status) return Promise.resolve({ status });
    return new Promise((resolve) => {
      this.#reader = { length, resolve };
      this.#serve();
    });
  }

  #take(message: Bytes): void {
    const sequence = message[6] ?? 0;
    const declared = new DataView(message.buffer).getUint32(1, true);
    if (declared !== message.length - 10) throw new Error("dwLength does not fit");
    if (message[0] === 0x62) {
      this.powerOns += 1;
      this.send(dataBlock(sequence, Uint8Array.of(0x3b, 0x00)));
      return;
    }
    if (message[0] !== 0x6f) throw new Error(`unexpected message ${message[0]}`);
    const command = message.slice(10);
    this.received.push({ sequence, command });
    this.send(...this.answer(command, sequence));
  }

  /** As a host controller does: a transfer ends with a short packet, or when it is full. */
  #serve(): void {
    const reader = this.#reader;
    if (!reader) return;
    let taken = new Uint8Array(0);
    for (let count = 1; count <= this.#packets.length; count += 1) {
      taken = concatBytes(...this.#packets.slice(0, count));
      const isShort = (this.#packets[count - 1]?.length ?? 0) < PACKET;
      if (!isShort && taken.length < reader.length) continue;
      this.#packets.splice(0, count);
      this.#reader = null;
      reader.resolve(inResult(taken));
      return;
    }
  }
}

/** A data block: status 0x00 done, 0x40 failed, 0x80 time extension. */
export function dataBlock(sequence: number, data: Bytes, status = 0, error = 0): Bytes {
  const message = new Uint8Array(10 + data.length);
  message[0] = 0x80;
  new DataView(message.buffer).setUint32(1, data.length, true);
  message.set([sequence, status, error], 6);
  message.set(data, 10);
  return message;
}

/** Time extension, without data. */
export function timeExtension(sequence: number): Bytes {
  return dataBlock(sequence, new Uint8Array(0), 0x80, 0x01);
}

/** An open connection to a fake token. */
export async function openPico(
  prepare: (pico: FakePico) => void = () => {},
): Promise<{ pico: FakePico; connection: CcidConnection }> {
  const pico = new FakePico();
  prepare(pico);
  const connection = await resultOf(CcidConnection.open(pico.device, { events: pico.events }));
  return { pico, connection };
}
