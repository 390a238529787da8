import type { Bytes } from "../../../src/core/bytes.ts";
import { CanokeyConnection } from "../../../src/transports/webusb-canokey.ts";
import { FakeUsbDevice, inResult } from "./fake-usb-device.ts";
import { resultOf } from "./outcome.ts";

const STALL: USBInTransferResult = { status: "stall" };

/** The control transfers of a CanoKey, written from the recorded run of its firmware. */
export class FakeCanokey extends FakeUsbDevice {
  state = 0xff;
  response: Bytes = new Uint8Array(0);
  readonly received: Bytes[] = [];
  readonly requests: string[] = [];
  /** Looks at the state that still say “working” after a command. */
  workingPolls = 0;
  /** Commands that stall although the state is idle: another program has the key. */
  busyCommands = 0;
  answer: (command: Bytes) => Bytes = () => Uint8Array.of(0x90, 0x00);
  /** Instead of the next transfers, in or out. */
  readonly instead: (() => Promise<never>)[] = [];

  constructor() {
    super([
      { number: 0, classCode: 0x03 },
      { number: 1, classCode: 0xff },
      { number: 2, classCode: 0x0b },
    ]);
  }

  override async reset(): Promise<void> {
    await super.reset();
    this.state = 0xff;
  }

  override async controlTransferOut(
    setup: USBControlTransferParameters,
    data?: BufferSource,
  ): Promise<USBOutTransferResult> {
    this.#check(setup);
    await this.instead.shift()?.();
    const command = new Uint8Array(data as Bytes).slice();
    this.requests.push("command");
    if (setup.request !== 0 || command.length === 0) throw new Error("not a command");
    const stalls = (this.state !== 0xff && this.state !== 0x04) || this.busyCommands > 0;
    this.busyCommands = Math.max(0, this.busyCommands - 1);
    if (stalls) return { status: "stall", bytesWritten: 0 };
    this.received.push(command);
    this.response = this.answer(command);
    this.state = this.workingPolls > 0 ? 0x01 : 0x00;
    return { status: "ok", bytesWritten: command.length };
  }

  override async controlTransferIn(
    setup: USBControlTransferParameters,
    length: number,
  ): Promise<USBInTransferResult> {
    this.#check(setup);
    await this.instead.shift()?.();
    if (setup.request === 2) {
      this.requests.push("status");
      if (length !== 1) throw new Error(`a state is one byte, not ${length}`);
      const { state } = this;
      if (state === 0x01) {
        this.workingPolls -= 1;
        if (this.workingPolls <= 0) this.state = 0x00;
      }
      return inResult([state]);
    }
    this.requests.push("response");
    if (setup.request !== 1) throw new Error("not a request of this key");
    if (this.state !== 0x00) return STALL;
    this.state = 0x04;
    return inResult(this.response.slice(0, length));
  }

  #check(setup: USBControlTransferParameters): void {
    const { requestType, recipient, value, index } = setup;
    if (requestType !== "vendor" || recipient !== "interface" || value !== 0 || index !== 1) {
      throw new Error(`unexpected setup ${JSON.stringify(setup)}`);
    }
    if (this.gone) throw new DOMException("The device was disconnected.", "NotFoundError");
    if (!this.claimed.has(1)) throw new DOMException("Not claimed.", "InvalidStateError");
  }
}

/** An open connection to a fake token. */
export async function openCanokey(
  prepare: (key: FakeCanokey) => void = () => {},
): Promise<{ key: FakeCanokey; connection: CanokeyConnection }> {
  const key = new FakeCanokey();
  prepare(key);
  const connection = await resultOf(CanokeyConnection.open(key.device, { events: key.events }));
  key.requests.length = 0;
  return { key, connection };
}
