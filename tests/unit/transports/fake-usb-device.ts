import { disconnectEvent } from "./outcome.ts";

/** One interface of a fake device. */
export interface FakeInterface {
  readonly number: number;
  readonly classCode: number;
  readonly endpoints?: readonly USBEndpoint[];
}

/** A USBDevice as Chromium's: what the test does not expect throws. Its exceptions are those of a recorded run. */
export class FakeUsbDevice {
  readonly events = new EventTarget();
  readonly calls: string[] = [];
  /** Thrown by the next call of a method. */
  readonly failures = new Map<string, DOMException>();
  productName: string | null = "Fake token";
  opened = false;
  configuration: object | null = null;
  readonly configurations: readonly object[];
  readonly claimed = new Set<number>();
  gone = false;

  constructor(interfaces: readonly FakeInterface[], options: { readonly configured?: boolean } = {}) {
    const configuration = {
      configurationValue: 1,
      interfaces: interfaces.map(({ number, classCode, endpoints = [] }) => ({
        interfaceNumber: number,
        alternate: { interfaceClass: classCode, endpoints },
      })),
    };
    this.configurations = [configuration];
    if (options.configured ?? true) this.configuration = configuration;
  }

  get device(): USBDevice {
    return this as unknown as USBDevice;
  }

  async open(): Promise<void> {
    this.#enter("open");
    this.opened = true;
  }

  async close(): Promise<void> {
    this.#enter("close");
    this.opened = false;
    this.claimed.clear();
  }

  async selectConfiguration(value: number): Promise<void> {
    this.#enter(`selectConfiguration ${value}`);
    this.configuration = this.configurations[0] ?? null;
  }

  async claimInterface(number: number): Promise<void> {
    this.#enter(`claimInterface ${number}`);
    this.claimed.add(number);
  }

  async releaseInterface(number: number): Promise<void> {
    this.#enter(`releaseInterface ${number}`);
    this.claimed.delete(number);
  }

  async reset(): Promise<void> {
    this.#enter("reset");
  }

  async clearHalt(direction: USBDirection, endpoint: number): Promise<void> {
    this.#enter(`clearHalt ${direction} ${endpoint}`);
  }

  async controlTransferIn(setup: USBControlTransferParameters, length: number): Promise<USBInTransferResult> {
    throw new Error(`unexpected controlTransferIn ${JSON.stringify(setup)} ${length}`);
  }

  async controlTransferOut(
    setup: USBControlTransferParameters,
    data?: BufferSource,
  ): Promise<USBOutTransferResult> {
    throw new Error(`unexpected controlTransferOut ${JSON.stringify(setup)} ${data?.byteLength}`);
  }

  async transferIn(endpoint: number, length: number): Promise<USBInTransferResult> {
    throw new Error(`unexpected transferIn ${endpoint} ${length}`);
  }

  async transferOut(endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    throw new Error(`unexpected transferOut ${endpoint} ${data.byteLength}`);
  }

  /** Takes the device out: `opened` turns false, then the event comes. */
  unplug(): void {
    this.gone = true;
    this.opened = false;
    this.events.dispatchEvent(disconnectEvent(this));
  }

  #enter(call: string): void {
    this.calls.push(call);
    const [method = ""] = call.split(" ");
    const failure = this.failures.get(method);
    this.failures.delete(method);
    if (failure) throw failure;
    if (this.gone) throw new DOMException("The device was disconnected.", "NotFoundError");
  }
}

/** A result of an IN transfer; its data lies in the middle of a larger buffer, as it may. */
export function inResult(
  data: readonly number[] | Uint8Array,
  status: USBTransferStatus = "ok",
): USBInTransferResult {
  const buffer = new Uint8Array(data.length + 7).fill(0xaa);
  buffer.set(data, 5);
  return { status, data: new DataView(buffer.buffer, 5, data.length) };
}

/** A bulk endpoint of 64-byte packets. */
export function bulk(endpointNumber: number, direction: USBDirection): USBEndpoint {
  return { endpointNumber, direction, type: "bulk", packetSize: 64 };
}
