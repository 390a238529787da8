import type { Bytes } from "../../core/bytes.ts";
import type { DeviceDescription } from "./description.ts";
import type { SetupPacket } from "./setup-packet.ts";

/** The device answers a transfer with STALL: it refuses it (USB 2.0 section 8.5.3.4). */
export class UsbStall extends Error {
  override readonly name = "UsbStall";
}

/** The device sends more than the host has room for (USB 2.0 section 8.7.4). */
export class UsbBabble extends Error {
  override readonly name = "UsbBabble";
}

/** A USB device as a host sees it. Addresses of endpoints carry the direction in bit 7. */
export interface VirtualUsbDevice {
  readonly description: DeviceDescription;
  /** A control transfer: `data` is the host's data stage; the answer is the device's. Rejects with {@link UsbStall}. */
  control(setup: SetupPacket, data: Bytes): Promise<Bytes>;
  /** Waits until the endpoint has sent `length` bytes or a short packet. Rejects with a stall, a babble or the signal's reason. */
  transferIn(endpoint: number, length: number, signal: AbortSignal): Promise<Bytes>;
  transferOut(endpoint: number, data: Bytes, signal: AbortSignal): Promise<void>;
  /** A bus reset: interfaces start afresh, the token keeps its power and its memory. */
  reset(): void;
  /** The plug is pulled: all volatile state is lost. */
  powerOff(): void;
}

/** What stands behind one interface. A function that lacks a method stalls what would need it. */
export interface UsbFunction {
  /** Class and vendor requests to the interface. */
  control?(setup: SetupPacket, data: Bytes): Promise<Bytes>;
  transferIn?(length: number, signal: AbortSignal): Promise<Bytes>;
  transferOut?(data: Bytes, signal: AbortSignal): Promise<void>;
  reset?(): void;
  powerOff?(): void;
}
