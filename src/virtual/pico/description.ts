import { ccidClassDescriptor } from "../ccid/class-descriptor.ts";
import { type DeviceDescription, INTERFACE_CLASS } from "../usb/description.ts";
import { FIDO_REPORTS, KEYBOARD_REPORTS } from "../usb/report-descriptors.ts";

/** The usual order; a build leaves out what is switched off, so a host looks for the class instead. */
export const PICO_INTERFACE = { FIDO: 0, KEYBOARD: 1, CCID: 2, WEB_CCID: 3 } as const;

/** Longest message, header included. */
export const PICO_MESSAGE_MOST = 2048;
/** The WebCCID interface's descriptor is one byte short. */
const WEB_CCID_DESCRIPTOR_LENGTH = 53;
const HID_ENDPOINT = { kind: "interrupt", packetSize: 64, interval: 10 } as const;
const BULK_ENDPOINT = { kind: "bulk", packetSize: 64, interval: 0 } as const;

/** A Pico FIDO's descriptors (pico-keys-sdk src/usb/usb_descriptors.c). */
export function describePico(serialNumber: string): DeviceDescription {
  return {
    usbVersion: 0x0210,
    vendorId: 0x2e8a,
    productId: 0x10fe,
    deviceVersion: 0x0800,
    manufacturer: "Pol Henarejos",
    product: "Pico Key",
    serialNumber,
    interfaces: [
      {
        classCode: INTERFACE_CLASS.HID,
        subclass: 0,
        protocol: 0,
        name: "HID Interface",
        reportDescriptor: FIDO_REPORTS,
        endpoints: [
          { address: 0x81, ...HID_ENDPOINT },
          { address: 0x01, ...HID_ENDPOINT },
        ],
      },
      {
        classCode: INTERFACE_CLASS.HID,
        subclass: 0,
        protocol: 0,
        name: "HID Keyboard Interface",
        reportDescriptor: KEYBOARD_REPORTS,
        endpoints: [{ address: 0x82, ...HID_ENDPOINT }],
      },
      {
        classCode: INTERFACE_CLASS.SMART_CARD,
        subclass: 0,
        protocol: 0,
        name: "CCID Interface",
        classDescriptor: ccidClassDescriptor(PICO_MESSAGE_MOST),
        endpoints: [
          { address: 0x83, ...BULK_ENDPOINT },
          { address: 0x03, ...BULK_ENDPOINT },
        ],
      },
      {
        classCode: INTERFACE_CLASS.VENDOR,
        subclass: 0,
        protocol: 0,
        name: "WebCCID Interface",
        classDescriptor: ccidClassDescriptor(PICO_MESSAGE_MOST, WEB_CCID_DESCRIPTOR_LENGTH),
        endpoints: [
          { address: 0x84, ...BULK_ENDPOINT },
          { address: 0x04, ...BULK_ENDPOINT },
        ],
      },
    ],
    binaryObjectStore: {
      webUsbRequest: 1,
      landingPage: "picokeys.com/pki/",
      microsoftRequest: 2,
      winUsbInterface: PICO_INTERFACE.WEB_CCID,
    },
  };
}
