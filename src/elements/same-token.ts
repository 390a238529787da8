import type { OathToken } from "../bridge/contract.ts";

/** True for the same token, also after it was unplugged and came back as another object. */
export function isSameToken(one: OathToken, other: OathToken): boolean {
  if (one === other) return true;
  return (["api", "manufacturer", "name", "serialNumber"] as const).every(
    (key) => one.info[key] === other.info[key],
  );
}

/** True for this very token. Two without a serial number are alike, so only the object tells them apart. */
export function isThisToken(one: OathToken, other: OathToken): boolean {
  return one === other || (one.info.serialNumber !== undefined && isSameToken(one, other));
}

/** The end of a token's serial number, enough to tell two of a kind apart: "••1234". */
export function shortSerial(serialNumber: string | undefined): string {
  if (serialNumber === undefined || serialNumber === "") return "";
  return serialNumber.length > 4 ? `••${serialNumber.slice(-4)}` : serialNumber;
}
