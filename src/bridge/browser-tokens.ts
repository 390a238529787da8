import { CanokeyConnection } from "../transports/webusb-canokey.ts";
import { CcidConnection } from "../transports/webusb-ccid.ts";
import { HidFeatureConnection } from "../transports/webhid.ts";
import type { OathToken, TokenInfo } from "./contract.ts";
import { takeOwnership, type Locks } from "./one-owner.ts";
import { appletToken, nitrokeyToken, type TokenParts } from "./opened-token.ts";
import { isDevice, USB } from "./usb-ids.ts";

/** Where a token's events come from, and how it is owned. */
export interface Surroundings<Events extends EventTarget> {
  /** `navigator.usb` or `navigator.hid`. */
  readonly events: Events;
  readonly locks?: Locks | undefined;
}

/** The token behind a WebUSB device; null when it is none of ours. */
export function usbToken(device: USBDevice, { events, locks }: Surroundings<USB>): OathToken | null {
  const info: TokenInfo = {
    name: device.productName || "USB token",
    manufacturer: device.manufacturerName ?? "",
    ...(device.serialNumber && { serialNumber: device.serialNumber }),
    firmware: `${device.deviceVersionMajor}.${device.deviceVersionMinor}.${device.deviceVersionSubminor}`,
    api: "webusb",
  };
  const parts = partsOf(info, device, locks);
  if (isDevice(device, USB.CANOKEY)) {
    return appletToken(parts, ({ signal }) => CanokeyConnection.open(device, { events, signal }), "canokey");
  }
  if (isDevice(device, USB.PICO_FIDO)) {
    return appletToken(parts, ({ signal }) => CcidConnection.open(device, { events, signal }), "pico");
  }
  return null;
}

/** The token behind a WebHID device; null when it is none of ours. */
export function hidToken(device: HIDDevice, { events, locks }: Surroundings<HID>): OathToken | null {
  const isStorage = isDevice(device, USB.NITROKEY_STORAGE);
  const isLibrem = isDevice(device, USB.LIBREM_KEY);
  if (!isStorage && !isLibrem && !isDevice(device, USB.NITROKEY_PRO)) return null;
  const info: TokenInfo = {
    name: device.productName || "Nitrokey",
    manufacturer: isLibrem ? "Purism" : "Nitrokey",
    api: "webhid",
  };
  return nitrokeyToken(partsOf(info, device, locks), isStorage ? "storage" : "pro", ({ signal }) =>
    HidFeatureConnection.open(device, { events, signal }),
  );
}

function partsOf(info: TokenInfo, device: USBDevice | HIDDevice, locks: Locks | undefined): TokenParts {
  const { vendorId, productId } = device;
  const name = [info.api, vendorId.toString(16), productId.toString(16), info.serialNumber ?? ""].join(":");
  return { info, own: (options) => takeOwnership(locks, name, options), forget: () => device.forget() };
}
