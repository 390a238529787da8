import { formatHex, parseHex } from "../../../src/core/text-forms.ts";

const WEBUSB_INTERFACE = 1;

/** The first CanoKey the page may use, opened: its three vendor requests, raw. */
export async function openCanoKey() {
  const [device] = await navigator.usb.getDevices();
  if (!device) throw new Error("no CanoKey");
  await device.open();
  await device.claimInterface(WEBUSB_INTERFACE);
  const setup = (request: number): USBControlTransferParameters => ({
    requestType: "vendor",
    recipient: "interface",
    request,
    value: 0,
    index: WEBUSB_INTERFACE,
  });
  const read = async (request: number, length: number) => {
    const { status, data } = await device.controlTransferIn(setup(request), length);
    return status === "ok" && data
      ? formatHex(new Uint8Array(data.buffer as ArrayBuffer))
      : (status ?? "nothing");
  };
  return {
    device,
    command: async (hex: string) => (await device.controlTransferOut(setup(0), parseHex(hex))).status,
    response: (length = 1500) => read(1, length),
    state: () => read(2, 1),
    /** A whole exchange; the polling never sleeps. */
    async transmit(hex: string): Promise<string> {
      const { status } = await device.controlTransferOut(setup(0), parseHex(hex));
      if (status !== "ok") return status;
      while ((await read(2, 1)) === "01");
      return read(1, 1500);
    },
  };
}
