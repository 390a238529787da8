import { ccidClassDescriptor } from "../ccid/class-descriptor.ts";
import { type DeviceDescription, INTERFACE_CLASS } from "../usb/description.ts";
import { KEYBOARD_WITH_FEATURE_REPORTS, VENDOR_REPORTS } from "../usb/report-descriptors.ts";

/** Keys of this family, and whether their HID interface is a keyboard, as it was before firmware 0.10. */
export type NitrokeyModel = "pro" | "pro-0.9" | "librem" | "storage";

const NAMES = {
  pro: { vendorId: 0x20a0, productId: 0x4108, manufacturer: "Nitrokey", product: "Nitrokey Pro" },
  "pro-0.9": { vendorId: 0x20a0, productId: 0x4108, manufacturer: "Nitrokey", product: "Nitrokey Pro" },
  librem: { vendorId: 0x316d, productId: 0x4c4b, manufacturer: "Purism, SPC", product: "Librem Key" },
  storage: { vendorId: 0x20a0, productId: 0x4109, manufacturer: "Nitrokey", product: "Nitrokey Storage" },
} as const satisfies Record<NitrokeyModel, unknown>;

const SMART_CARD_MESSAGE_MOST = 271;
const BULK_ENDPOINT = { kind: "bulk", packetSize: 64, interval: 0 } as const;

/** A Nitrokey's descriptors (nitrokey-pro-firmware src/ccid/CCIDHID_USB/CCIDHID_usb_desc.c). */
export function describeNitrokey(model: NitrokeyModel, cardSerial: number): DeviceDescription {
  return {
    ...NAMES[model],
    usbVersion: 0x0110,
    deviceVersion: 0x0101,
    serialNumber: cardSerial.toString(16).toUpperCase().padStart(24, "0"),
    interfaces: [
      {
        classCode: INTERFACE_CLASS.HID,
        subclass: 0,
        protocol: 0,
        reportDescriptor: model === "pro-0.9" ? KEYBOARD_WITH_FEATURE_REPORTS : VENDOR_REPORTS,
        endpoints: [{ address: 0x84, kind: "interrupt", packetSize: 8, interval: 10 }],
      },
      {
        classCode: INTERFACE_CLASS.SMART_CARD,
        subclass: 0,
        protocol: 0,
        classDescriptor: ccidClassDescriptor(SMART_CARD_MESSAGE_MOST),
        endpoints: [
          { address: 0x02, ...BULK_ENDPOINT },
          { address: 0x82, ...BULK_ENDPOINT },
        ],
      },
    ],
  };
}
