import { concatBytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";

const VENDOR_CLASS = 0xff;
const HEADER_LENGTH = 10;

/** The first Pico the page may use, opened: CCID messages over its vendor interface, raw. */
export async function openPico() {
  const [device] = await navigator.usb.getDevices();
  if (!device) throw new Error("no Pico");
  await device.open();
  const found = device.configuration?.interfaces.find(
    ({ alternate }) => alternate.interfaceClass === VENDOR_CLASS,
  );
  if (!found) throw new Error("no WebCCID interface");
  await device.claimInterface(found.interfaceNumber);
  const endpoint = found.alternate.endpoints[0]?.endpointNumber ?? 0;
  let sequence = 0;
  const receive = async (): Promise<string> => {
    let message = new Uint8Array(0);
    for (;;) {
      const { status, data } = await device.transferIn(endpoint, 64);
      if (status !== "ok" || !data) return status;
      message = concatBytes(message, new Uint8Array(data.buffer as ArrayBuffer));
      if (message.length < HEADER_LENGTH) continue;
      const length = new DataView(message.buffer).getUint32(1, true);
      if (message.length >= HEADER_LENGTH + length) return formatHex(message);
    }
  };
  return {
    device,
    interfaceNumber: found.interfaceNumber,
    receive,
    async send(type: number, hex: string): Promise<string> {
      const data = parseHex(hex);
      const header = new Uint8Array(HEADER_LENGTH);
      header[0] = type;
      new DataView(header.buffer).setUint32(1, data.length, true);
      header[6] = sequence;
      sequence += 1;
      return (await device.transferOut(endpoint, concatBytes(header, data))).status;
    },
  };
}
