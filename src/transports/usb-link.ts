import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { isAbortError } from "../core/errors.ts";
import type { Bytes } from "../core/bytes.ts";
import { toBridgeError, type BrowserStep } from "./dom-exceptions.ts";
import { UnplugWatch, unplugged } from "./unplug-watch.ts";

export interface UsbOpenOptions {
  /** `navigator.usb`: tells when the token is taken out. */
  readonly events: EventTarget;
  readonly signal?: AbortSignal | undefined;
}

/** One claimed interface of an open USB device. Every exception of the browser comes out as a `BridgeError`. */
export class UsbLink<Picked> {
  readonly #device: USBDevice;
  readonly #watch: UnplugWatch;
  #isClosing = false;
  readonly #interfaceNumber: number;
  /** What was picked of the interface. */
  readonly picked: Picked;

  private constructor(device: USBDevice, watch: UnplugWatch, interfaceNumber: number, picked: Picked) {
    this.#device = device;
    this.#watch = watch;
    this.#interfaceNumber = interfaceNumber;
    this.picked = picked;
  }

  /**
   * Opens the device and claims the first interface of which `pick` gives anything. Rejects with `not-granted`,
   * `device-in-use`, `unplugged`, `blocked-by-browser`, `not-supported` (no interface fits) or the signal's reason; the device
   * is closed then.
   */
  static async open<T>(
    device: USBDevice,
    pick: (alternate: USBAlternateInterface) => T | null,
    { events, signal }: UsbOpenOptions,
  ): Promise<UsbLink<T>> {
    signal?.throwIfAborted();
    const watch = new UnplugWatch(events, device);
    let pending: Promise<unknown> = Promise.resolve();
    const step = (name: BrowserStep, work: Promise<void>) => {
      pending = work;
      return raceWithSignal(settle(device, name, watch, work), signal);
    };
    try {
      await step("open", device.open());
      const [first] = device.configurations;
      if (device.configuration === null && first) {
        await step("claim", device.selectConfiguration(first.configurationValue));
      }
      const { interfaceNumber, picked } = findInterface(device, pick);
      await step("claim", device.claimInterface(interfaceNumber));
      return new UsbLink(device, watch, interfaceNumber, picked);
    } catch (error) {
      watch.stop();
      // A device does not close while it is being opened. After an abort or an unplugging nobody waits for that.
      const closed = pending.catch(() => null).then(() => closeQuietly(device));
      if (!signal?.aborted && !watch.signal.aborted) await closed;
      throw error;
    }
  }

  get deviceName(): string {
    return this.#device.productName ?? "USB token";
  }

  /** A vendor request to the interface. */
  controlIn(request: number, length: number): Promise<USBInTransferResult> {
    return this.#transfer(() => this.#device.controlTransferIn(this.#setup(request), length));
  }

  /** A vendor request with data to the interface. */
  controlOut(request: number, data: Bytes): Promise<USBOutTransferResult> {
    return this.#transfer(() => this.#device.controlTransferOut(this.#setup(request), data));
  }

  bulkIn(endpoint: number, length: number): Promise<USBInTransferResult> {
    return this.#transfer(() => this.#device.transferIn(endpoint, length));
  }

  bulkOut(endpoint: number, data: Bytes): Promise<USBOutTransferResult> {
    return this.#transfer(() => this.#device.transferOut(endpoint, data));
  }

  clearHalt(direction: USBDirection, endpoint: number): Promise<void> {
    return this.#transfer(() => this.#device.clearHalt(direction, endpoint));
  }

  /** Resets the device; it stays open and claimed. */
  reset(): Promise<void> {
    return this.#transfer(() => this.#device.reset());
  }

  /** Releases the interface and closes the device; never rejects. Transfers under way end in an `AbortError`. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#watch.stop();
    if (!this.#watch.signal.aborted) {
      await this.#device.releaseInterface(this.#interfaceNumber).catch(() => null);
    }
    await closeQuietly(this.#device);
  }

  #setup(request: number): USBControlTransferParameters {
    return { requestType: "vendor", recipient: "interface", request, value: 0, index: this.#interfaceNumber };
  }

  async #transfer<T>(work: () => Promise<T>): Promise<T> {
    if (this.#watch.signal.aborted) throw this.#watch.signal.reason as Error;
    try {
      return await settle(this.#device, "transfer", this.#watch, work());
    } catch (error) {
      // Chromium cancels the pending transfer of a device that goes, some time before it tells that the device is gone.
      if (isAbortError(error) && !this.#isClosing) throw unplugged({ cause: error });
      throw error;
    }
  }
}

/** The bytes of an IN transfer, copied. */
export function bytesOf(result: USBInTransferResult): Bytes {
  const { data } = result;
  return data
    ? new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength).slice()
    : new Uint8Array(0);
}

function findInterface<T>(
  device: USBDevice,
  pick: (alternate: USBAlternateInterface) => T | null,
): { readonly interfaceNumber: number; readonly picked: T } {
  for (const { interfaceNumber, alternate } of device.configuration?.interfaces ?? []) {
    const picked = pick(alternate);
    if (picked !== null) return { interfaceNumber, picked };
  }
  throw new BridgeError(
    "not-supported",
    "This token has no interface for web pages. Switch it on in the maker's app, or update the token's firmware.",
  );
}

async function settle<T>(
  device: USBDevice,
  step: BrowserStep,
  watch: UnplugWatch,
  work: Promise<T>,
): Promise<T> {
  try {
    return await watch.race(work);
  } catch (error) {
    // `opened` is false already when the `disconnect` event comes.
    const connected = step === "open" || device.opened;
    throw toBridgeError(error, step, { connected });
  }
}

async function closeQuietly(device: USBDevice): Promise<void> {
  // Nothing can be done about a device that does not close: it is gone, or closed already.
  await device.close().catch(() => null);
}
