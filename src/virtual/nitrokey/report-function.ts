import type { Bytes } from "../../core/bytes.ts";
import type { TokenTimer } from "../oath/token-timer.ts";
import { type UsbFunction, UsbStall } from "../usb/device.ts";
import type { SetupPacket } from "../usb/setup-packet.ts";
import { SILENT_FUNCTION } from "../usb/silent-function.ts";
import { DEVICE_STATUS, LAYOUT } from "./tables.ts";

/** HID class requests, HID 1.11 section 7.2. */
const REQUEST = { GET_REPORT: 0x01, SET_REPORT: 0x09, SET_IDLE: 0x0a } as const;
/** High byte of wValue: a feature report; the low byte is the report id, which this device does not have. */
const FEATURE = 0x0300;

/** The HID interface of a Nitrokey: one 64-byte feature report each way. */
export class ReportFunction implements UsbFunction {
  readonly #timer: TokenTimer;
  readonly #workMs: number;
  readonly #answer: (report: Bytes) => Promise<Bytes>;
  #report: Bytes = new Uint8Array(LAYOUT.LENGTH);
  #pending: Promise<Bytes> | null = null;
  #receivedAtMs = 0;

  /** `workMs`: how long the key takes for a command; it is busy meanwhile. */
  constructor(timer: TokenTimer, workMs: number, answer: (report: Bytes) => Promise<Bytes>) {
    this.#timer = timer;
    this.#workMs = workMs;
    this.#answer = answer;
  }

  transferIn(length: number, signal: AbortSignal): Promise<Bytes> {
    return SILENT_FUNCTION.transferIn?.(length, signal) ?? Promise.reject(new UsbStall());
  }

  async control({ request, value }: SetupPacket, data: Bytes): Promise<Bytes> {
    if (request === REQUEST.SET_IDLE) return new Uint8Array(0);
    if (value !== FEATURE) throw new UsbStall();
    if (request === REQUEST.GET_REPORT) return this.current();
    if (request !== REQUEST.SET_REPORT || data.length !== LAYOUT.LENGTH) throw new UsbStall();
    this.take(data);
    return new Uint8Array(0);
  }

  /** Takes a command; one that comes while another is worked on is lost. An answer nobody fetched makes room. */
  take(report: Bytes): void {
    if (this.#pending && this.#timer.now() - this.#receivedAtMs < this.#workMs) return;
    this.#receivedAtMs = this.#timer.now();
    this.#pending = this.#answer(report);
  }

  /** The report as it stands: the last answer, its first byte saying whether a command is still worked on. */
  async current(): Promise<Bytes> {
    const elapsedMs = this.#timer.now() - this.#receivedAtMs;
    if (this.#pending && elapsedMs >= this.#workMs) {
      this.#report = await this.#pending;
      this.#pending = null;
    }
    const report = this.#report.slice();
    if (this.#pending) {
      report[0] = elapsedMs < this.#workMs / 2 ? DEVICE_STATUS.RECEIVED : DEVICE_STATUS.BUSY;
    }
    return report;
  }

  powerOff(): void {
    this.#pending = null;
    this.#report = new Uint8Array(LAYOUT.LENGTH);
  }
}
