import type { SupportedToken } from "./contract.ts";
import { USB } from "./usb-ids.ts";

/** What this browser and page offer. Telling by `in` is not enough: a permissions policy may deny what is there. */
export interface Reach {
  readonly webusb: boolean;
  readonly webhid: boolean;
  readonly smartCard: boolean;
}

type Row = Omit<SupportedToken, "reachable" | "advice"> & {
  /** What to do where the API is missing, or always for keys the browser keeps to itself. */
  readonly advice: string;
};

const NEEDS_CHROMIUM =
  "Open this page over https in Chrome, Edge or another Chromium browser on a computer, or type the code by hand.";
const BLOCKED =
  "Browsers keep this key's codes from web pages. Let the key type its code, or read it in the maker's app and type it here.";

/** Sources: the blocklists of WebHID, WebUSB and Chromium, and the makers' firmware. */
const ROWS: readonly Row[] = [
  {
    name: "CanoKey",
    api: "webusb",
    usb: [USB.CANOKEY],
    reads: ["codes", "list", "serial-number"],
    advice: NEEDS_CHROMIUM,
  },
  {
    name: "Pico FIDO with the OATH application",
    api: "webusb",
    usb: [USB.PICO_FIDO],
    reads: ["codes", "list", "serial-number"],
    advice: NEEDS_CHROMIUM,
  },
  {
    name: "Nitrokey Pro, Pro 2",
    api: "webhid",
    usb: [USB.NITROKEY_PRO],
    reads: ["codes", "list", "serial-number"],
    advice: NEEDS_CHROMIUM,
  },
  {
    name: "Librem Key",
    api: "webhid",
    usb: [USB.LIBREM_KEY],
    reads: ["codes", "list", "serial-number"],
    advice: NEEDS_CHROMIUM,
  },
  {
    name: "Nitrokey Storage",
    api: "webhid",
    usb: [USB.NITROKEY_STORAGE],
    reads: ["codes", "list"],
    advice: NEEDS_CHROMIUM,
  },
  {
    name: "Any OATH smart card (YubiKey, Nitrokey 3 and others) in an isolated web app on ChromeOS",
    api: "smart-card",
    usb: [],
    reads: ["codes", "list"],
    advice: "An ordinary page has no smart-card access. Type the code by hand.",
  },
  { name: "YubiKey", api: "typed", usb: [{ vendorId: 0x1050 }], reads: [], advice: BLOCKED },
  {
    name: "Nitrokey 3, Solo 2",
    api: "none",
    usb: [
      { vendorId: 0x20a0, productId: 0x42b2 },
      { vendorId: 0x1209, productId: 0xbeee },
    ],
    reads: [],
    advice:
      "Browsers keep this key's codes from web pages. Read the code in the maker's app and type it here.",
  },
  {
    name: "OnlyKey, Mooltipass, Feitian, Token2, Thetis, Swissbit",
    api: "typed",
    usb: [
      { vendorId: 0x1d50, productId: 0x60fc },
      { vendorId: 0x1209, productId: 0x4321 },
      { vendorId: 0x096e },
      { vendorId: 0x349e },
      { vendorId: 0x1ea8, productId: 0xf025 },
    ],
    reads: [],
    advice: BLOCKED,
  },
  {
    name: "Display tokens (Thales, Feitian, Token2, Protectimus and others)",
    api: "none",
    usb: [],
    reads: [],
    advice: "It has no USB data. Read the code from its display and type it here.",
  },
];

/** The catalogue as it stands on this page. */
export function catalogue(reach: Reach): SupportedToken[] {
  return ROWS.map(({ advice, ...row }) => {
    const reachable =
      (row.api === "webusb" && reach.webusb) ||
      (row.api === "webhid" && reach.webhid) ||
      (row.api === "smart-card" && reach.smartCard);
    return { ...row, reachable, advice: reachable ? "" : advice };
  });
}

/** Filters of the two choosers. */
export const USB_FILTERS: readonly USBDeviceFilter[] = [USB.CANOKEY, USB.PICO_FIDO];
export const HID_FILTERS: readonly HIDDeviceFilter[] = [
  USB.NITROKEY_PRO,
  USB.NITROKEY_STORAGE,
  USB.LIBREM_KEY,
];
