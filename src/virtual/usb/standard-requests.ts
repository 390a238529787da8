import type { Bytes } from "../../core/bytes.ts";
import { encodeBinaryObjectStore } from "./binary-object-store.ts";
import { CONFIGURATION, type DeviceDescription } from "./description.ts";
import {
  DESCRIPTOR,
  encodeConfigurationDescriptor,
  encodeDeviceDescriptor,
  encodeStringDescriptor,
} from "./descriptors.ts";
import { UsbStall } from "./device.ts";
import { isDeviceToHost, REQUEST_TYPE, type SetupPacket } from "./setup-packet.ts";

/** Standard requests, USB 2.0 table 9-4. */
const REQUEST = {
  GET_STATUS: 0,
  CLEAR_FEATURE: 1,
  SET_ADDRESS: 5,
  GET_DESCRIPTOR: 6,
  GET_CONFIGURATION: 8,
  SET_CONFIGURATION: 9,
  GET_INTERFACE: 10,
  SET_INTERFACE: 11,
} as const;

const DONE = new Uint8Array(0);

/** Answers a standard request (USB 2.0 section 9.4) of a device with one configuration and no alternate settings. */
export function answerStandardRequest(device: DeviceDescription, setup: SetupPacket): Bytes {
  const { request, value, index } = setup;
  const knowsInterface = device.interfaces[index & 0xff] !== undefined;
  if (isDeviceToHost(setup)) {
    if (request === REQUEST.GET_STATUS) return Uint8Array.of(0, 0);
    if (request === REQUEST.GET_CONFIGURATION) return Uint8Array.of(CONFIGURATION);
    if (request === REQUEST.GET_INTERFACE && knowsInterface) return Uint8Array.of(0);
    const found = request === REQUEST.GET_DESCRIPTOR ? findDescriptor(device, setup) : null;
    if (found) return found;
  } else {
    if (request === REQUEST.CLEAR_FEATURE || request === REQUEST.SET_ADDRESS) return DONE;
    if (request === REQUEST.SET_CONFIGURATION && value <= CONFIGURATION) return DONE;
    if (request === REQUEST.SET_INTERFACE && value === 0 && knowsInterface) return DONE;
  }
  throw new UsbStall();
}

function findDescriptor(device: DeviceDescription, { requestType, value, index }: SetupPacket): Bytes | null {
  const type = value >> 8;
  if ((requestType & REQUEST_TYPE.RECIPIENT_MASK) === REQUEST_TYPE.INTERFACE) {
    const report = device.interfaces[index & 0xff]?.reportDescriptor;
    return type === DESCRIPTOR.HID_REPORT && report ? report : null;
  }
  switch (type) {
    case DESCRIPTOR.DEVICE:
      return encodeDeviceDescriptor(device);
    case DESCRIPTOR.CONFIGURATION:
      return (value & 0xff) === 0 ? encodeConfigurationDescriptor(device) : null;
    case DESCRIPTOR.STRING:
      return encodeStringDescriptor(device, value & 0xff);
    case DESCRIPTOR.BINARY_OBJECT_STORE:
      return device.binaryObjectStore ? encodeBinaryObjectStore(device.binaryObjectStore) : null;
    default:
      return null;
  }
}
