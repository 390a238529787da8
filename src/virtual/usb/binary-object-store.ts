import { type Bytes, concatBytes, utf8Bytes } from "../../core/bytes.ts";
import type { BinaryObjectStore } from "./description.ts";
import { DESCRIPTOR, descriptor } from "./descriptors.ts";
import { u16le, u32le, utf16le } from "./little-endian.ts";

/** `wIndex` values of the two vendor requests: WebUSB section 5.2, Microsoft OS 2.0 Descriptors table 8. */
export const STORE_INDEX = { WEBUSB_GET_URL: 2, MICROSOFT_DESCRIPTOR: 7 } as const;

/** UUIDs as they lie in the descriptor: WebUSB section 4.1, Microsoft OS 2.0 Descriptors table 1. */
const CAPABILITY = {
  WEBUSB: [0x38, 0xb6, 0x08, 0x34, 0xa9, 0x09, 0xa0, 0x47, 0x8b, 0xfd, 0xa0, 0x76, 0x88, 0x15, 0xb6, 0x65],
  MICROSOFT: [0xdf, 0x60, 0xdd, 0xd8, 0x89, 0x45, 0xc7, 0x4c, 0x9c, 0xd2, 0x65, 0x9d, 0x9e, 0x64, 0x8a, 0x9f],
} as const;
const PLATFORM = 0x05;
const WINDOWS_8_1 = 0x06030000;
const INTERFACE_GUID = "{7B3F1D5A-3B0C-4D0B-9E56-0A3B5C1F7E21}";
/** REG_MULTI_SZ */
const MULTI_STRING = 7;

/** The BOS descriptor with the WebUSB and Microsoft OS 2.0 capabilities. */
export function encodeBinaryObjectStore(store: BinaryObjectStore): Bytes {
  const setLength = encodeMicrosoftDescriptorSet(store).length;
  const capabilities = concatBytes(
    capability(CAPABILITY.WEBUSB, [...u16le(0x0100), store.webUsbRequest, 1]),
    capability(CAPABILITY.MICROSOFT, [...u32le(WINDOWS_8_1), ...u16le(setLength), store.microsoftRequest, 0]),
  );
  const head = descriptor(DESCRIPTOR.BINARY_OBJECT_STORE, [...u16le(5 + capabilities.length), 2]);
  return concatBytes(head, capabilities);
}

/** The URL descriptor, WebUSB section 4.3.1. */
export function encodeLandingPage(store: BinaryObjectStore): Bytes {
  const HTTPS = 1;
  return descriptor(3, [HTTPS, ...utf8Bytes(store.landingPage)]);
}

/** The Microsoft OS 2.0 descriptor set that binds WinUSB to one interface. */
export function encodeMicrosoftDescriptorSet(store: BinaryObjectStore): Bytes {
  const compatible = [...u16le(20), ...u16le(3), ...utf8Bytes("WINUSB\0\0"), ...new Uint8Array(8)];
  const name = utf16le("DeviceInterfaceGUIDs\0");
  const value = utf16le(`${INTERFACE_GUID}\0\0`);
  const registry = [
    [...u16le(10 + name.length + value.length), ...u16le(4), ...u16le(MULTI_STRING)],
    [...u16le(name.length), ...name, ...u16le(value.length), ...value],
  ].flat();
  const features = [...compatible, ...registry];
  const oneFunction = [
    ...u16le(8),
    ...u16le(2),
    store.winUsbInterface,
    0,
    ...u16le(8 + features.length),
    ...features,
  ];
  const configuration = [...u16le(8), ...u16le(1), 0, 0, ...u16le(8 + oneFunction.length), ...oneFunction];
  const total = u16le(10 + configuration.length);
  return Uint8Array.of(...u16le(10), ...u16le(0), ...u32le(WINDOWS_8_1), ...total, ...configuration);
}

function capability(uuid: readonly number[], body: readonly number[]): Bytes {
  return descriptor(DESCRIPTOR.DEVICE_CAPABILITY, [PLATFORM, 0, ...uuid, ...body]);
}
