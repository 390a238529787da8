import { formatHex, parseHex } from "../../../src/core/text-forms.ts";

/** The first HID device the page may use, opened: feature reports without an id, raw. */
export async function openNitrokey() {
  const [device] = await navigator.hid.getDevices();
  if (!device) throw new Error("no Nitrokey");
  await device.open();
  return {
    device,
    send: (hex: string) => device.sendFeatureReport(0, parseHex(hex)),
    async receive(): Promise<string> {
      const report = await device.receiveFeatureReport(0);
      return formatHex(new Uint8Array(report.buffer as ArrayBuffer, report.byteOffset, report.byteLength));
    },
  };
}
