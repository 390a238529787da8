import { BridgeError } from "../../../src/core/bridge-error.ts";
import type { Bytes } from "../../../src/core/bytes.ts";
import type { NitrokeyOptions } from "../../../src/nitrokey/nitrokey-options.ts";
import { NitrokeySession } from "../../../src/nitrokey/nitrokey-session.ts";
import { FakeNitrokey, sealed } from "./fake-nitrokey.ts";

/** 2026-11-24, ten seconds into a time step. */
export const NOW = 1_795_490_560;
export const STEP = Math.floor(NOW / 30);
export const RANDOM: Bytes = Uint8Array.from({ length: 25 }, (_, index) => 0xa0 + index);

export interface Bed {
  token: FakeNitrokey;
  session: NitrokeySession;
  sleeps: number[];
}

export async function open(
  prepare: (token: FakeNitrokey) => void = () => {},
  options: Partial<NitrokeyOptions> = {},
): Promise<Bed> {
  const token = new FakeNitrokey();
  token.slots.set(0x20, { name: "AWS root" });
  token.slots.set(0x22, { name: "Bank", eightDigits: true, period: 60, tokenId: "ubhe00001234" });
  token.slots.set(0x11, { name: "VPN", counter: 5 });
  prepare(token);
  const sleeps: number[] = [];
  const session = await NitrokeySession.open(token, {
    model: "pro",
    now: () => NOW * 1000,
    random: () => RANDOM.slice(),
    sleep: (milliseconds) => {
      sleeps.push(milliseconds);
      return Promise.resolve();
    },
    ...options,
  });
  token.sent.length = 0;
  sleeps.length = 0;
  return { token, session, sleeps };
}

export const clockSet = (token: FakeNitrokey) => {
  token.storedMinutes = 1;
};

export const withPin = (token: FakeNitrokey) => {
  token.pin = "123456";
  token.storedMinutes = 1;
};

/** An answer to some other request. */
export const stale = (report: Bytes) => sealed(report, { 2: (report[2] ?? 0) ^ 1 });

export async function failure(promise: Promise<unknown>): Promise<BridgeError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BridgeError)) throw new Error(`expected a BridgeError, got ${String(error)}`);
  return error;
}
