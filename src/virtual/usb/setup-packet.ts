import { ByteReader } from "../../core/byte-reader.ts";
import type { Bytes } from "../../core/bytes.ts";

/** The eight bytes a control transfer begins with (USB 2.0 section 9.3). */
export interface SetupPacket {
  readonly requestType: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  /** Bytes the host sends, or the most it will take. */
  readonly length: number;
}

/** Parts of `requestType`, USB 2.0 table 9-2. */
export const REQUEST_TYPE = {
  IN: 0x80,
  KIND_MASK: 0x60,
  STANDARD: 0x00,
  CLASS: 0x20,
  VENDOR: 0x40,
  RECIPIENT_MASK: 0x1f,
  DEVICE: 0x00,
  INTERFACE: 0x01,
  ENDPOINT: 0x02,
} as const;

/** Reads a setup packet. */
export function decodeSetupPacket(bytes: Bytes): SetupPacket {
  const reader = new ByteReader(bytes);
  return {
    requestType: reader.u8(),
    request: reader.u8(),
    value: reader.u16le(),
    index: reader.u16le(),
    length: reader.u16le(),
  };
}

/** True when the device sends the data stage. */
export function isDeviceToHost(setup: SetupPacket): boolean {
  return (setup.requestType & REQUEST_TYPE.IN) !== 0;
}
