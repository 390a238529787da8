import type { MfaService, ObservedCode } from "../mfa/contract.ts";
import { VirtualDisplayToken } from "../virtual/display-token.ts";
import { findSampleSeed } from "../virtual/sample-inventory.ts";
import { DEMO_USERS } from "./demo-account.ts";

/** Ages of the two codes: the one on the display now is left for the first sign-in. */
const AGES_MS = [60_000, 30_000] as const;

/** Gives the demo's users their tokens, as they would do it themselves: by two codes in a row. */
export async function assignSampleTokens(service: MfaService, nowMs: number): Promise<void> {
  for (const { userName, token } of DEMO_USERS) {
    if (!token) continue;
    const { deviceName, serialNumber } = token;
    const codes = await Promise.all([
      readCode(serialNumber, nowMs, AGES_MS[0]),
      readCode(serialNumber, nowMs, AGES_MS[1]),
    ]);
    await service.enableMfaDevice({ userName, deviceName, serialNumber, codes });
  }
}

async function readCode(serialNumber: string, nowMs: number, ageMs: number): Promise<ObservedCode> {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new RangeError(`${serialNumber} is not in the sample inventory`);
  const token = await VirtualDisplayToken.create(seed, { now: () => nowMs - ageMs });
  token.press();
  const display = token.display();
  return { code: display.lit ? display.digits : "", ageMs };
}
