import type { VirtualUsbDevice } from "../../../src/virtual/usb/device.ts";
import { CONFIGURATION } from "../../../src/virtual/usb/description.ts";

/** USB/IP protocol 1.1.1, Linux kernel documentation, usb/usbip_protocol.rst. */
export const USBIP = {
  VERSION: 0x0111,
  REQUEST_DEVICE_LIST: 0x8005,
  REPLY_DEVICE_LIST: 0x0005,
  REQUEST_IMPORT: 0x8003,
  REPLY_IMPORT: 0x0003,
  SUBMIT: 1,
  UNLINK: 2,
  RETURN_SUBMIT: 3,
  RETURN_UNLINK: 4,
} as const;

/** Lengths of the fixed parts, same source. */
export const LENGTH = { OPERATION: 8, BUS_ID: 32, DEVICE: 312, HEADER: 48 } as const;

const FULL_SPEED = 2;
const PATH_LENGTH = 256;

/** A transfer the host asks for. */
export interface Submit {
  readonly sequence: number;
  /** With the direction in bit 7; 0 is the control endpoint. */
  readonly endpoint: number;
  /** Bytes to send, or the most to take. */
  readonly length: number;
  readonly setup: Buffer;
}

/** The head of an answer to an operation. */
export function encodeOperation(code: number, status: number): Buffer {
  const head = Buffer.alloc(LENGTH.OPERATION);
  head.writeUInt16BE(USBIP.VERSION, 0);
  head.writeUInt16BE(code, 2);
  head.writeUInt32BE(status, 4);
  return head;
}

/** The device record of the device list and of the import's answer. */
export function encodeDeviceRecord({ description }: VirtualUsbDevice, busId: string): Buffer {
  const record = Buffer.alloc(LENGTH.DEVICE);
  record.write(`/sys/devices/virtual/${busId}`, 0);
  record.write(busId, PATH_LENGTH);
  const numbers = record.subarray(PATH_LENGTH + LENGTH.BUS_ID);
  [1, 1, FULL_SPEED].forEach((value, at) => numbers.writeUInt32BE(value, 4 * at));
  const ids = [description.vendorId, description.productId, description.deviceVersion];
  ids.forEach((value, at) => numbers.writeUInt16BE(value, 12 + 2 * at));
  numbers.set([0, 0, 0, CONFIGURATION, 1, description.interfaces.length], 18);
  return record;
}

/** The interface records that follow a device in the device list. */
export function encodeInterfaceRecords({ description }: VirtualUsbDevice): Buffer {
  return Buffer.from(
    description.interfaces.flatMap(({ classCode, subclass, protocol }) => [classCode, subclass, protocol, 0]),
  );
}

/** Reads the header of a SUBMIT. */
export function decodeSubmit(header: Buffer): Submit {
  const isIn = header.readUInt32BE(12) === 1;
  const number = header.readUInt32BE(16) & 0x0f;
  return {
    sequence: header.readUInt32BE(4),
    endpoint: number === 0 ? 0 : number | (isIn ? 0x80 : 0),
    length: header.readInt32BE(24),
    setup: header.subarray(40, LENGTH.HEADER),
  };
}

/** The answer to a SUBMIT; `status` is 0 or a negative Linux error number. */
export function encodeReturnSubmit(
  sequence: number,
  status: number,
  actual: number,
  data: Uint8Array,
): Buffer {
  const header = encodeHeader(USBIP.RETURN_SUBMIT, sequence);
  header.writeInt32BE(status, 20);
  header.writeInt32BE(actual, 24);
  return Buffer.concat([header, data]);
}

/** The answer to an UNLINK; `status` is 0 when the transfer had ended before. */
export function encodeReturnUnlink(sequence: number, status: number): Buffer {
  const header = encodeHeader(USBIP.RETURN_UNLINK, sequence);
  header.writeInt32BE(status, 20);
  return header;
}

function encodeHeader(command: number, sequence: number): Buffer {
  const header = Buffer.alloc(LENGTH.HEADER);
  header.writeUInt32BE(command, 0);
  header.writeUInt32BE(sequence, 4);
  return header;
}
