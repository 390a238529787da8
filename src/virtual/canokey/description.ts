import { ccidClassDescriptor } from "../ccid/class-descriptor.ts";
import { type DeviceDescription, INTERFACE_CLASS } from "../usb/description.ts";
import { FIDO_REPORTS, KEYBOARD_REPORTS } from "../usb/report-descriptors.ts";
import { BUFFER_SIZE } from "./card.ts";

/** The interfaces' numbers, canokey-core interfaces/USB/device/usbd_desc.c. */
export const CANOKEY_INTERFACE = { FIDO: 0, WEBUSB: 1, CCID: 2, KEYBOARD: 3 } as const;

const CCID_HEADER = 10;
const HID_ENDPOINT = { kind: "interrupt", packetSize: 64, interval: 5 } as const;
const BULK_ENDPOINT = { kind: "bulk", packetSize: 64, interval: 0 } as const;

/** A CanoKey's descriptors; the serial string is its four bytes in hex. */
export function describeCanoKey(serialNumber: string): DeviceDescription {
  return {
    usbVersion: 0x0210,
    vendorId: 0x20a0,
    productId: 0x42d4,
    deviceVersion: 0x0100,
    manufacturer: "canokeys.org",
    product: "CanoKey",
    serialNumber,
    interfaces: [
      {
        classCode: INTERFACE_CLASS.HID,
        subclass: 0,
        protocol: 0,
        name: "FIDO2/U2F",
        reportDescriptor: FIDO_REPORTS,
        endpoints: [
          { address: 0x81, ...HID_ENDPOINT },
          { address: 0x01, ...HID_ENDPOINT },
        ],
      },
      // No endpoints: everything goes through control transfers.
      {
        classCode: INTERFACE_CLASS.VENDOR,
        subclass: 0xff,
        protocol: 0xff,
        name: "WebUSB",
        endpoints: [],
      },
      {
        classCode: INTERFACE_CLASS.SMART_CARD,
        subclass: 0,
        protocol: 0,
        name: "OpenPGP PIV OATH",
        classDescriptor: ccidClassDescriptor(BUFFER_SIZE + CCID_HEADER),
        endpoints: [
          { address: 0x82, ...BULK_ENDPOINT },
          { address: 0x02, ...BULK_ENDPOINT },
        ],
      },
      {
        classCode: INTERFACE_CLASS.HID,
        subclass: 1,
        protocol: 1,
        name: "Keyboard",
        reportDescriptor: KEYBOARD_REPORTS,
        endpoints: [{ address: 0x83, ...HID_ENDPOINT }],
      },
    ],
    binaryObjectStore: {
      webUsbRequest: 1,
      landingPage: "console.canokeys.org",
      microsoftRequest: 2,
      winUsbInterface: CANOKEY_INTERFACE.WEBUSB,
    },
  };
}
