import type { Bytes } from "../../core/bytes.ts";
import { encodeLandingPage, encodeMicrosoftDescriptorSet, STORE_INDEX } from "./binary-object-store.ts";
import type { DeviceDescription } from "./description.ts";
import { type UsbFunction, UsbStall, type VirtualUsbDevice } from "./device.ts";
import { isDeviceToHost, REQUEST_TYPE, type SetupPacket } from "./setup-packet.ts";
import { answerStandardRequest } from "./standard-requests.ts";

/** A device of several interfaces: answers what every device answers, and hands the rest to the interfaces' functions. */
export class CompositeDevice implements VirtualUsbDevice {
  readonly description: DeviceDescription;
  readonly #functions: readonly UsbFunction[];
  readonly #onPowerOff: () => void;

  /** `functions` stand in the order of the interfaces; `onPowerOff` is for what stands behind several of them. */
  constructor(
    description: DeviceDescription,
    functions: readonly UsbFunction[],
    onPowerOff: () => void = () => undefined,
  ) {
    if (functions.length !== description.interfaces.length) {
      throw new RangeError("a device has one function for each interface");
    }
    this.description = description;
    this.#functions = functions;
    this.#onPowerOff = onPowerOff;
  }

  async control(setup: SetupPacket, data: Bytes): Promise<Bytes> {
    const answer = await this.#answer(setup, data);
    return isDeviceToHost(setup) ? answer.slice(0, setup.length) : new Uint8Array(0);
  }

  transferIn(endpoint: number, length: number, signal: AbortSignal): Promise<Bytes> {
    const target = this.#functionOf(endpoint);
    return target?.transferIn?.(length, signal) ?? Promise.reject(new UsbStall());
  }

  transferOut(endpoint: number, data: Bytes, signal: AbortSignal): Promise<void> {
    const target = this.#functionOf(endpoint);
    return target?.transferOut?.(data, signal) ?? Promise.reject(new UsbStall());
  }

  reset(): void {
    for (const one of this.#functions) one.reset?.();
  }

  powerOff(): void {
    for (const one of this.#functions) one.powerOff?.();
    this.#onPowerOff();
  }

  #answer(setup: SetupPacket, data: Bytes): Bytes | Promise<Bytes> {
    const kind = setup.requestType & REQUEST_TYPE.KIND_MASK;
    if (kind === REQUEST_TYPE.STANDARD) return answerStandardRequest(this.description, setup);
    const recipient = setup.requestType & REQUEST_TYPE.RECIPIENT_MASK;
    if (recipient === REQUEST_TYPE.DEVICE && kind === REQUEST_TYPE.VENDOR) return this.#storeAnswer(setup);
    // The low byte of wIndex names the interface, USB 2.0 section 9.3.4.
    const target = recipient === REQUEST_TYPE.INTERFACE ? this.#functions[setup.index & 0xff] : undefined;
    return target?.control?.(setup, data) ?? Promise.reject(new UsbStall());
  }

  #storeAnswer({ request, index }: SetupPacket): Bytes {
    const store = this.description.binaryObjectStore;
    if (store && request === store.webUsbRequest && index === STORE_INDEX.WEBUSB_GET_URL) {
      return encodeLandingPage(store);
    }
    if (store && request === store.microsoftRequest && index === STORE_INDEX.MICROSOFT_DESCRIPTOR) {
      return encodeMicrosoftDescriptorSet(store);
    }
    throw new UsbStall();
  }

  #functionOf(endpoint: number): UsbFunction | undefined {
    const number = this.description.interfaces.findIndex(({ endpoints }) =>
      endpoints.some(({ address }) => address === endpoint),
    );
    return this.#functions[number];
  }
}
