import {
  appletToken,
  nitrokeyToken,
  type OathToken,
  type TokenInfo,
  type TokenParts,
} from "../bridge/index.ts";
import type { Bytes } from "../core/bytes.ts";
import { VirtualApduConnection } from "../virtual/apdu-connection.ts";
import { VirtualCanoKey } from "../virtual/canokey/canokey.ts";
import { VirtualNitrokey } from "../virtual/nitrokey/nitrokey.ts";
import type { VirtualAccount } from "../virtual/oath/account.ts";
import type { TokenTimer } from "../virtual/oath/token-timer.ts";
import { VirtualPico } from "../virtual/pico/pico.ts";
import { VirtualReportConnection } from "../virtual/report-connection.ts";
import { findSampleSeed } from "../virtual/sample-inventory.ts";

/** The virtual USB tokens. Each is one token of the sample inventory, and the codes it gives enrol that number. */
export const USB_TOKENS = {
  canokey: { name: "Virtual CanoKey", serialNumber: "OBDT10000024", chooser: "webusb" },
  pico: { name: "Virtual Pico FIDO", serialNumber: "OBDT10000031", chooser: "webusb" },
  nitrokey: { name: "Virtual Nitrokey Pro", serialNumber: "OBDT10000048", chooser: "webhid" },
} as const satisfies Record<string, { name: string; serialNumber: string; chooser: "webusb" | "webhid" }>;

export type UsbTokenKind = keyof typeof USB_TOKENS;

/** Their kinds, in the order they are offered. */
export const USB_TOKEN_KINDS = Object.keys(USB_TOKENS) as readonly UsbTokenKind[];

/** What models live by: a clock and randomness. */
export interface ModelOptions {
  readonly timer: TokenTimer;
  readonly random: (length: number) => Bytes;
}

/** A model of a token, before it is plugged in anywhere. */
export interface UsbTokenModel {
  /** The token as the bridge sees it; `unplugged` gives the signal of its time in the port. */
  toToken(parts: Pick<TokenParts, "own" | "forget">, unplugged: () => AbortSignal): OathToken;
  /** Its memory stays, its work under way and its unlocking do not. */
  powerOff(): void;
  /** Null for a token that never asks for a touch. */
  readonly touchSpot: TouchSpot | null;
}

/** The spot of a key that a person touches. */
export interface TouchSpot {
  readonly waitsForTouch: boolean;
  touch(): void;
  onTouchChange(listener: () => void): () => void;
}

/** As a real Nitrokey: a moment for each command. */
const NITROKEY_WORK_MS = 20;
/** The first TOTP slot, nitrokey-pro-firmware src/inc/hotp.h. */
const NITROKEY_FIRST_TOTP_SLOT = 0x20;
/** A Nitrokey's names have 15 bytes: no room for more than the number. */
const ISSUER = "oath-bridge";

/** Makes a token as it comes out of its box, with the accounts of the demo on it. */
export function makeUsbToken(kind: UsbTokenKind, options: ModelOptions): UsbTokenModel {
  return MAKERS[kind](options);
}

const MAKERS = { canokey: makeCanoKey, pico: makePico, nitrokey: makeNitrokey } as const satisfies Record<
  UsbTokenKind,
  (options: ModelOptions) => UsbTokenModel
>;

function makeCanoKey(options: ModelOptions): UsbTokenModel {
  const { name, serialNumber } = USB_TOKENS.canokey;
  const key = new VirtualCanoKey(options);
  const secret = sampleSecret(serialNumber);
  key.store(account(`${ISSUER}:${serialNumber}`, secret));
  key.store({ ...account(`${ISSUER}:${serialNumber} with touch`, secret), needsTouch: true });
  return {
    toToken: (parts, unplugged) =>
      appletToken(
        { ...parts, info: infoOf("canokey") },
        () => Promise.resolve(new VirtualApduConnection(name, key, unplugged())),
        "canokey",
      ),
    powerOff: () => key.usb.powerOff(),
    touchSpot: key,
  };
}

function makePico(options: ModelOptions): UsbTokenModel {
  const { name, serialNumber } = USB_TOKENS.pico;
  const key = new VirtualPico(options);
  key.store(account(`${ISSUER}:${serialNumber}`, sampleSecret(serialNumber)));
  return {
    toToken: (parts, unplugged) =>
      appletToken(
        { ...parts, info: infoOf("pico") },
        () => Promise.resolve(new VirtualApduConnection(name, key, unplugged())),
        "pico",
      ),
    powerOff: () => key.usb.powerOff(),
    touchSpot: null,
  };
}

function makeNitrokey({ timer }: ModelOptions): UsbTokenModel {
  const { name, serialNumber } = USB_TOKENS.nitrokey;
  const key = new VirtualNitrokey({ timer, workMs: NITROKEY_WORK_MS });
  const secret = sampleSecret(serialNumber);
  key.slots.program(NITROKEY_FIRST_TOTP_SLOT, { name: serialNumber, secret, digits: 6 });
  return {
    toToken: (parts, unplugged) =>
      nitrokeyToken({ ...parts, info: infoOf("nitrokey") }, "pro", () =>
        Promise.resolve(new VirtualReportConnection(name, key, unplugged())),
      ),
    powerOff: () => key.usb.powerOff(),
    touchSpot: null,
  };
}

function infoOf(kind: UsbTokenKind): TokenInfo {
  const { name, serialNumber } = USB_TOKENS[kind];
  return { name, manufacturer: "oath-bridge demo", serialNumber, api: "virtual" };
}

function account(name: string, secret: Bytes): VirtualAccount {
  return { name, type: "totp", algorithm: "SHA1", digits: 6, secret };
}

function sampleSecret(serialNumber: string): Bytes {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new RangeError(`the sample box has no token ${serialNumber}`);
  return seed.secret;
}
