import type { Bytes } from "../../../src/core/bytes.ts";
import { UsbBabble, UsbStall } from "../../../src/virtual/usb/device.ts";
import { REQUEST_TYPE } from "../../../src/virtual/usb/setup-packet.ts";
import type { Submit } from "./frames.ts";

/** What goes wrong with one transfer. */
export type Fault =
  /** The device refuses it. */
  | { readonly kind: "stall" }
  /** It never ends by itself. */
  | { readonly kind: "silence" }
  /** The device's answer is replaced. */
  | { readonly kind: "garbage"; readonly answer: Bytes }
  /** Only the answer's first bytes arrive. */
  | { readonly kind: "truncate"; readonly length: number }
  /** The answer is filled up to all the host has room for. */
  | { readonly kind: "oversize" }
  /** The device sends more than the host has room for. */
  | { readonly kind: "babble" }
  /** The plug is pulled instead of an answer. */
  | { readonly kind: "unplug" };

/** Which transfer a fault meets; standard control requests are never offered, so that the host can still enumerate. */
export type FaultFilter = (transfer: Submit) => boolean;

/** Faults waiting for their transfers, in order. */
export class FaultPlan {
  readonly #waiting: { readonly fault: Fault; readonly filter: FaultFilter }[] = [];

  /** The next transfer that `filter` takes (any, unless told) meets `fault`, once. */
  add(fault: Fault, filter: FaultFilter = () => true): void {
    this.#waiting.push({ fault, filter });
  }

  /** Faults not met yet. */
  get pending(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** Takes the fault meant for this transfer, if there is one. */
  take(transfer: Submit): Fault | null {
    if (isStandardRequest(transfer)) return null;
    const at = this.#waiting.findIndex(({ filter }) => filter(transfer));
    return at < 0 ? null : (this.#waiting.splice(at, 1)[0]?.fault ?? null);
  }
}

/** The answer as `fault` leaves it. Throws what the transfer ends with instead. */
export function spoil(answer: Bytes, fault: Fault | null, room: number): Bytes {
  switch (fault?.kind) {
    case "stall":
      throw new UsbStall();
    case "babble":
      throw new UsbBabble();
    case "garbage":
      return fault.answer.slice(0, room);
    case "truncate":
      return answer.slice(0, fault.length);
    case "oversize": {
      const full = new Uint8Array(room).fill(0xa5);
      full.set(answer);
      return full;
    }
    default:
      return answer;
  }
}

function isStandardRequest({ endpoint, setup }: Submit): boolean {
  const type = setup.readUInt8(0);
  return endpoint === 0 && ((type & REQUEST_TYPE.KIND_MASK) === REQUEST_TYPE.STANDARD || isHubRequest(type));
}

/** The reset of the hub's port, which a host sends to the device in USB/IP. */
function isHubRequest(type: number): boolean {
  return type === HUB_PORT;
}

/** Class request to "other", USB 2.0 section 11.24.2. */
export const HUB_PORT = 0x23;
