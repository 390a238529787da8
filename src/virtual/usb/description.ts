import type { Bytes } from "../../core/bytes.ts";

/** An endpoint besides the control endpoint; bit 7 of `address` is set when it sends to the host. */
export interface EndpointDescription {
  readonly address: number;
  readonly kind: "bulk" | "interrupt";
  readonly packetSize: number;
  /** Milliseconds between polls of an interrupt endpoint; 0 for bulk. */
  readonly interval: number;
}

/** One interface; its number is its place in {@link DeviceDescription.interfaces}. */
export interface InterfaceDescription {
  readonly classCode: number;
  readonly subclass: number;
  readonly protocol: number;
  readonly name?: string;
  /** The class's own descriptor, whole, for what is no HID. */
  readonly classDescriptor?: Bytes;
  /** HID only: the report descriptor; its HID descriptor is made from it. */
  readonly reportDescriptor?: Bytes;
  readonly endpoints: readonly EndpointDescription[];
}

/** What a device with USB 2.1 adds: a landing page for browsers, and Windows' consent to open it without a driver. */
export interface BinaryObjectStore {
  /** Vendor request that answers the WebUSB landing page. */
  readonly webUsbRequest: number;
  /** The page, without `https://`. */
  readonly landingPage: string;
  /** Vendor request that answers the Microsoft OS 2.0 descriptor set. */
  readonly microsoftRequest: number;
  /** The interface Windows shall bind WinUSB to. */
  readonly winUsbInterface: number;
}

/** What a device says of itself. It has one configuration, number 1. */
export interface DeviceDescription {
  /** Binary-coded decimal, as 0x0210 for USB 2.1. */
  readonly usbVersion: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersion: number;
  readonly manufacturer: string;
  readonly product: string;
  readonly serialNumber: string;
  readonly interfaces: readonly InterfaceDescription[];
  readonly binaryObjectStore?: BinaryObjectStore;
}

/** Class codes of interfaces (usb.org, Defined Class Codes). */
export const INTERFACE_CLASS = { HID: 0x03, SMART_CARD: 0x0b, VENDOR: 0xff } as const;

/** The only configuration of a described device. */
export const CONFIGURATION = 1;
