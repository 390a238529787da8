/** USB vendor and product of the tokens a page can reach. Sources: the makers' firmware and udev rules. */
export const USB = {
  CANOKEY: { vendorId: 0x20a0, productId: 0x42d4 },
  PICO_FIDO: { vendorId: 0x2e8a, productId: 0x10fe },
  NITROKEY_PRO: { vendorId: 0x20a0, productId: 0x4108 },
  NITROKEY_STORAGE: { vendorId: 0x20a0, productId: 0x4109 },
  LIBREM_KEY: { vendorId: 0x316d, productId: 0x4c4b },
} as const;

export interface UsbId {
  readonly vendorId: number;
  readonly productId: number;
}

/** True when a device has this vendor and product. */
export function isDevice(device: UsbId, id: UsbId): boolean {
  return device.vendorId === id.vendorId && device.productId === id.productId;
}
