import type { Bytes } from "../../core/bytes.ts";
import { type UsbFunction, UsbStall } from "../usb/device.ts";
import { isDeviceToHost, REQUEST_TYPE, type SetupPacket } from "../usb/setup-packet.ts";
import type { ApduBuffer } from "./apdu-buffer.ts";
import { BUFFER_SIZE } from "./card.ts";

/** Vendor requests, canokey-core interfaces/USB/class/webusb/webusb.h. */
export const WEBUSB_REQUEST = { COMMAND: 0, RESPONSE: 1, STATE: 2 } as const;

/** States, same source; a response is sent within the transfer, so state 02 is never seen here. */
export const WEBUSB_STATE = {
  READY: 0x00,
  PROCESSING: 0x01,
  RECEIVING: 0x03,
  HELD: 0x04,
  IDLE: 0xff,
} as const;

type State = (typeof WEBUSB_STATE)[keyof typeof WEBUSB_STATE];

/** The interface a page talks to: APDUs in vendor control transfers. */
export class WebUsbFunction implements UsbFunction {
  readonly #buffer: ApduBuffer;
  readonly #transmit: (command: Bytes) => Promise<Bytes>;
  #state: State = WEBUSB_STATE.IDLE;
  #response: Bytes = new Uint8Array(0);
  /** Counts resets: the answer to a command from before one is dropped. */
  #epoch = 0;

  constructor(buffer: ApduBuffer, transmit: (command: Bytes) => Promise<Bytes>) {
    this.#buffer = buffer;
    this.#transmit = transmit;
  }

  // oxlint-disable-next-line require-await -- a stall is a rejection
  async control(setup: SetupPacket, data: Bytes): Promise<Bytes> {
    if ((setup.requestType & REQUEST_TYPE.KIND_MASK) !== REQUEST_TYPE.VENDOR) throw new UsbStall();
    this.#expire();
    this.#buffer.extend();
    if (!isDeviceToHost(setup)) {
      if (setup.request !== WEBUSB_REQUEST.COMMAND) throw new UsbStall();
      this.#command(data);
      return new Uint8Array(0);
    }
    if (setup.request === WEBUSB_REQUEST.STATE) return Uint8Array.of(this.#state);
    if (setup.request !== WEBUSB_REQUEST.RESPONSE || this.#state !== WEBUSB_STATE.READY) throw new UsbStall();
    return this.#takeResponse();
  }

  reset(): void {
    this.#epoch += 1;
    this.#state = WEBUSB_STATE.IDLE;
    if (this.#buffer.owner === "webusb") this.#buffer.release();
  }

  powerOff(): void {
    this.reset();
  }

  #command(data: Bytes): void {
    const isFree = this.#state === WEBUSB_STATE.IDLE || this.#state === WEBUSB_STATE.HELD;
    if (!isFree || !this.#buffer.take("webusb")) throw new UsbStall();
    if (data.length > BUFFER_SIZE) {
      this.#hold();
      throw new UsbStall();
    }
    // Without data there is no data stage whose end would start the processing: the state stays for good.
    if (data.length === 0) this.#state = WEBUSB_STATE.RECEIVING;
    else void this.#run(data);
  }

  async #run(command: Bytes): Promise<void> {
    const epoch = this.#epoch;
    this.#state = WEBUSB_STATE.PROCESSING;
    const response = await this.#transmit(command);
    if (epoch !== this.#epoch) return;
    this.#response = response;
    this.#state = WEBUSB_STATE.READY;
  }

  #takeResponse(): Bytes {
    const response = this.#response;
    this.#response = new Uint8Array(0);
    this.#hold();
    return response;
  }

  #hold(): void {
    this.#state = WEBUSB_STATE.HELD;
    this.#buffer.hold();
  }

  #expire(): void {
    if (this.#state === WEBUSB_STATE.HELD && this.#buffer.owner !== "webusb") this.#state = WEBUSB_STATE.IDLE;
  }
}
