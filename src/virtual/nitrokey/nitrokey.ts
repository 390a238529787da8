import type { Bytes } from "../../core/bytes.ts";
import type { TokenTimer } from "../oath/token-timer.ts";
import { CompositeDevice } from "../usb/composite-device.ts";
import { SILENT_FUNCTION } from "../usb/silent-function.ts";
import { HostSetClock, type TimeMemory } from "./clock.ts";
import { describeNitrokey, type NitrokeyModel } from "./description.ts";
import { ReportFunction } from "./report-function.ts";
import { answerReport, type NitrokeyParts } from "./report-protocol.ts";
import { NitrokeySlots } from "./slots.ts";
import { UserPin } from "./user-pin.ts";

/** What a virtual Nitrokey needs. */
export interface VirtualNitrokeyOptions {
  readonly timer: TokenTimer;
  readonly model?: NitrokeyModel;
  readonly cardSerial?: number;
  /** The user PIN; codes need it when `codesNeedPin` is set. */
  readonly pin?: string;
  readonly codesNeedPin?: boolean;
  /** What the key remembers of the last time it was told. */
  readonly timeMemory?: TimeMemory;
  /** Milliseconds it takes for a command. */
  readonly workMs?: number;
}

const FIRMWARE = {
  pro: { major: 0, minor: 15 },
  "pro-0.9": { major: 0, minor: 9 },
  librem: { major: 0, minor: 11 },
  storage: { major: 0, minor: 57 },
} as const satisfies Record<NitrokeyModel, unknown>;

/** A Nitrokey Pro, Librem Key or Nitrokey Storage at the level of its USB requests. */
export class VirtualNitrokey {
  /** What a host sees. */
  readonly usb: CompositeDevice;
  /** The codes in it; programmed from here, as with the vendor's program. */
  readonly slots = new NitrokeySlots();
  readonly #reports: ReportFunction;

  constructor(options: VirtualNitrokeyOptions) {
    const { timer, model = "pro", cardSerial = 0x5f11, timeMemory = "never-set" } = options;
    const clock = new HostSetClock(timer, model === "storage", timeMemory);
    const pin = new UserPin(options.pin ?? "123456");
    const parts: NitrokeyParts = {
      model: model === "storage" ? "storage" : "pro",
      firmware: FIRMWARE[model],
      cardSerial,
      codesNeedPin: options.codesNeedPin ?? false,
      slots: this.slots,
      clock,
      pin,
    };
    this.#reports = new ReportFunction(timer, options.workMs ?? 0, (report) => answerReport(parts, report));
    this.usb = new CompositeDevice(
      describeNitrokey(model, cardSerial),
      [this.#reports, SILENT_FUNCTION],
      () => {
        clock.powerOff();
        pin.lock();
      },
    );
  }

  /** One command report straight to the key, past all USB. */
  send(report: Bytes): void {
    this.#reports.take(report);
  }

  /** The key's report, past all USB. */
  receive(): Promise<Bytes> {
    return this.#reports.current();
  }
}
