import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { pause } from "./patience.ts";

/** The `disconnect` event follows a failed transfer by about 0.3 s. */
const EVENT_DELAY_MS = 600;

/**
 * Notices that a device is taken out. A transfer alone does not always tell: Chromium never settles a `sendReport` of a
 * device that is gone.
 */
export class UnplugWatch {
  readonly #events: EventTarget;
  readonly #device: object;
  readonly #gone = new AbortController();

  /** `events` is `navigator.usb` or `navigator.hid`. Call {@link stop} in the end. */
  constructor(events: EventTarget, device: object) {
    this.#events = events;
    this.#device = device;
    events.addEventListener("disconnect", this.#onDisconnect);
  }

  /** Aborted, with a `BridgeError` `unplugged` as its reason, when the device is taken out. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Settles as `work` does, or rejects with `unplugged`. */
  race<T>(work: Promise<T>): Promise<T> {
    return raceWithSignal(work, this.#gone.signal);
  }

  /** After a failure: true when the device is gone, waiting a little for the event that tells. */
  async unpluggedSoon(): Promise<boolean> {
    await this.race(pause(EVENT_DELAY_MS)).catch(() => null);
    return this.#gone.signal.aborted;
  }

  stop(): void {
    this.#events.removeEventListener("disconnect", this.#onDisconnect);
  }

  #onDisconnect = (event: Event): void => {
    // USBConnectionEvent and HIDConnectionEvent both name their device; the events of others are not for us.
    if ("device" in event && event.device === this.#device) this.#gone.abort(unplugged());
  };
}

/** The token was taken out. */
export function unplugged(options?: ErrorOptions): BridgeError {
  return new BridgeError("unplugged", "The token was taken out. Plug it in again, then retry.", options);
}
