import { utf8Bytes } from "../../src/core/bytes.ts";
import { VirtualCanoKey } from "../../src/virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../../src/virtual/nitrokey/nitrokey.ts";
import { VirtualPico } from "../../src/virtual/pico/pico.ts";
import { findSampleSeed, SAMPLE_SERIAL_NUMBERS } from "../../src/virtual/sample-inventory.ts";
import { randomBytes, REAL_TIMER } from "./real-timer.ts";
import { UsbIpServer } from "./usbip-server.ts";

/** The tokens that can be exported. */
export const TOKEN_KINDS = ["canokey", "pico", "nitrokey"] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A token exported over USB/IP. */
export interface ExportedToken {
  readonly server: UsbIpServer;
  /** What a person at the command line may do to it. */
  readonly actions: Readonly<Record<string, () => void>>;
}

const SAMPLES = 3;
/** The port of USB/IP, registered with IANA. */
export const USBIP_PORT = 3240;
/** As a real key: a moment for each command. */
const NITROKEY_WORK_MS = 20;

/** Makes a token that holds the first seeds of the demo's sample box, and exports it on loopback. */
export async function exportVirtualToken(kind: TokenKind, port = USBIP_PORT): Promise<ExportedToken> {
  const { usb, actions } = MAKERS[kind]();
  const server = await UsbIpServer.start(usb, { port });
  return { server, actions: { ...actions, unplug: () => server.unplug() } };
}

const MAKERS = { canokey: makeCanoKey, pico: makePico, nitrokey: makeNitrokey } as const satisfies Record<
  TokenKind,
  unknown
>;

function makeCanoKey() {
  const key = new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
  fill((one) => key.store(one));
  key.store({ ...account("demo:needs-touch", "oath-bridge demo tch"), needsTouch: true });
  return { usb: key.usb, actions: { touch: () => key.touch() } };
}

function makePico() {
  const key = new VirtualPico({ timer: REAL_TIMER, random: randomBytes });
  fill((one) => key.store(one));
  return { usb: key.usb, actions: {} };
}

function makeNitrokey() {
  const key = new VirtualNitrokey({ timer: REAL_TIMER, workMs: NITROKEY_WORK_MS });
  const FIRST_TOTP_SLOT = 0x20;
  let slot = FIRST_TOTP_SLOT;
  fill(({ name, secret }) => {
    key.slots.program(slot, { name: name.slice(-15), secret, digits: 6 });
    slot += 1;
  });
  return { usb: key.usb, actions: {} };
}

function account(name: string, secret: string) {
  return { name, type: "totp", algorithm: "SHA1", digits: 6, secret: utf8Bytes(secret) } as const;
}

function fill(store: (one: ReturnType<typeof account>) => void): void {
  for (const serialNumber of SAMPLE_SERIAL_NUMBERS.slice(0, SAMPLES)) {
    const seed = findSampleSeed(serialNumber);
    if (seed) store({ ...account(`demo:${serialNumber}`, ""), secret: seed.secret });
  }
}
