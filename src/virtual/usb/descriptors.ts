import { type Bytes, concatBytes } from "../../core/bytes.ts";
import {
  CONFIGURATION,
  type DeviceDescription,
  type EndpointDescription,
  type InterfaceDescription,
} from "./description.ts";
import { u16le, utf16le } from "./little-endian.ts";

/** Descriptor types: USB 2.0 table 9-5, USB 3.2 table 9-6 (BOS), HID 1.11 section 7.1. */
export const DESCRIPTOR = {
  DEVICE: 0x01,
  CONFIGURATION: 0x02,
  STRING: 0x03,
  INTERFACE: 0x04,
  ENDPOINT: 0x05,
  BINARY_OBJECT_STORE: 0x0f,
  DEVICE_CAPABILITY: 0x10,
  HID: 0x21,
  HID_REPORT: 0x22,
} as const;

const CONTROL_PACKET_SIZE = 64;
/** US English, USB Language Identifiers 1.0. */
const LANGUAGE = 0x0409;
/** Bus powered, USB 2.0 table 9-10. */
const BUS_POWERED = 0x80;
/** In units of 2 mA. */
const MAX_POWER = 50;
const TRANSFER_TYPE = { bulk: 0x02, interrupt: 0x03 } as const;

/** The device descriptor, USB 2.0 table 9-8. */
export function encodeDeviceDescriptor(device: DeviceDescription): Bytes {
  return descriptor(DESCRIPTOR.DEVICE, [
    ...u16le(device.usbVersion),
    0,
    0,
    0,
    CONTROL_PACKET_SIZE,
    ...u16le(device.vendorId),
    ...u16le(device.productId),
    ...u16le(device.deviceVersion),
    stringIndex(device, device.manufacturer),
    stringIndex(device, device.product),
    stringIndex(device, device.serialNumber),
    1,
  ]);
}

/** The configuration descriptor with all that belongs to it, USB 2.0 tables 9-10, 9-12 and 9-13. */
export function encodeConfigurationDescriptor(device: DeviceDescription): Bytes {
  const interfaces = device.interfaces.flatMap((one, number) => [
    encodeInterface(device, one, number),
    ...(one.reportDescriptor ? [encodeHidDescriptor(one.reportDescriptor)] : []),
    ...(one.classDescriptor ? [one.classDescriptor] : []),
    ...one.endpoints.map(encodeEndpoint),
  ]);
  const rest = concatBytes(...interfaces);
  const head = [device.interfaces.length, CONFIGURATION, 0, BUS_POWERED, MAX_POWER];
  return concatBytes(descriptor(DESCRIPTOR.CONFIGURATION, [...u16le(9 + rest.length), ...head]), rest);
}

/** The string of an index, or null when the device has none; index 0 lists the languages (USB 2.0 section 9.6.7). */
export function encodeStringDescriptor(device: DeviceDescription, index: number): Bytes | null {
  if (index === 0) return descriptor(DESCRIPTOR.STRING, u16le(LANGUAGE));
  const text = strings(device)[index - 1];
  return text === undefined ? null : descriptor(DESCRIPTOR.STRING, [...utf16le(text)]);
}

/** A descriptor: its length, its type, its body. */
export function descriptor(type: number, body: readonly number[]): Bytes {
  return Uint8Array.of(body.length + 2, type, ...body);
}

function encodeInterface(device: DeviceDescription, one: InterfaceDescription, number: number): Bytes {
  return descriptor(DESCRIPTOR.INTERFACE, [
    number,
    0,
    one.endpoints.length,
    one.classCode,
    one.subclass,
    one.protocol,
    one.name === undefined ? 0 : stringIndex(device, one.name),
  ]);
}

function encodeEndpoint({ address, kind, packetSize, interval }: EndpointDescription): Bytes {
  return descriptor(DESCRIPTOR.ENDPOINT, [address, TRANSFER_TYPE[kind], ...u16le(packetSize), interval]);
}

/** HID 1.11 section 6.2.1. */
function encodeHidDescriptor(report: Bytes): Bytes {
  return descriptor(DESCRIPTOR.HID, [...u16le(0x0111), 0, 1, DESCRIPTOR.HID_REPORT, ...u16le(report.length)]);
}

function strings(device: DeviceDescription): string[] {
  const named = device.interfaces.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [device.manufacturer, device.product, device.serialNumber, ...named];
}

function stringIndex(device: DeviceDescription, text: string): number {
  return strings(device).indexOf(text) + 1;
}
