import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";
import { toBridgeError } from "./dom-exceptions.ts";
import { ExchangeQueue } from "./exchange-queue.ts";
import { PATIENCE, withPatience } from "./patience.ts";
import { UnplugWatch, unplugged } from "./unplug-watch.ts";

/** The report id of a device that has none (WebHID, section 5.8). */
const NO_REPORT_ID = 0;

export interface HidOpenOptions {
  /** `navigator.hid`: tells when the token is taken out. */
  readonly events: EventTarget;
  readonly signal?: AbortSignal | undefined;
}

/** Feature reports over WebHID. One call at a time: a second one waits its turn. */
export class HidFeatureConnection implements FeatureReportConnection {
  readonly #device: HIDDevice;
  readonly #watch: UnplugWatch;
  readonly #queue = new ExchangeQueue();
  #closed: Promise<void> | null = null;

  private constructor(device: HIDDevice, watch: UnplugWatch) {
    this.#device = device;
    this.#watch = watch;
    // Without it the device stays `opened`, and what is pending never settles.
    watch.signal.addEventListener("abort", () => void this.#closeDevice(), { once: true });
  }

  /**
   * Opens the device. Rejects with `not-granted`, `device-in-use` (this page has it open), `unplugged` or the signal's
   * reason. It owns the device from then on: {@link close} it.
   */
  static async open(device: HIDDevice, { events, signal }: HidOpenOptions): Promise<HidFeatureConnection> {
    signal?.throwIfAborted();
    const watch = new UnplugWatch(events, device);
    const opening = device.open();
    try {
      await raceWithSignal(watch.race(opening), signal);
      return new HidFeatureConnection(device, watch);
    } catch (error) {
      watch.stop();
      // Never a device that somebody else has open: only when our own open() comes through after all.
      opening.then(() => device.close()).catch(() => null);
      throw toBridgeError(error, "open", { connected: !watch.signal.aborted });
    }
  }

  get deviceName(): string {
    return this.#device.productName || "USB token";
  }

  send(report: Bytes, signal?: AbortSignal): Promise<void> {
    return this.#call(() => this.#device.sendFeatureReport(NO_REPORT_ID, report), signal);
  }

  async receive(length: number, signal?: AbortSignal): Promise<Bytes> {
    const view = await this.#call(() => this.#device.receiveFeatureReport(NO_REPORT_ID), signal);
    const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength).slice();
    // On Windows the report begins with its id, though the device has none: chromium, services/device/hid/hid_connection_win.cc
    const report = bytes.length === length + 1 && bytes[0] === NO_REPORT_ID ? bytes.slice(1) : bytes;
    if (report.length !== length) {
      throw new BridgeError("malformed-answer", "The token's report has the wrong length. Plug it in again.");
    }
    return report;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#watch.stop();
    await this.#closeDevice();
  }

  #call<T>(action: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#queue.run(async () => {
      if (this.#watch.signal.aborted) throw unplugged();
      try {
        return await this.#watch.race(withPatience(action(), PATIENCE.ANSWER_MS));
      } catch (error) {
        // A report fails in the same way when the device is gone and when the system keeps it: the event tells.
        const failed = error instanceof DOMException && (await this.#watch.unpluggedSoon());
        throw toBridgeError(error, "report", { connected: !failed });
      }
    }, signal);
  }

  async #closeDevice(): Promise<void> {
    await this.#device.close().catch(() => null);
  }
}
