import { nameKeyOf } from "../vault/records.ts";
import { MfaInputError } from "./errors.ts";

/** IAM's patterns: user names 1–128, device names 1–64 of these characters. */
const USER_NAME = /^[\w+=,.@-]{1,128}$/u;
const DEVICE_NAME = /^[\w+=,.@-]{1,64}$/u;

/** What a user name is compared by. Throws {@link MfaInputError}. */
export function requireUserKey(userName: unknown): string {
  if (typeof userName !== "string" || !USER_NAME.test(userName)) {
    throw new MfaInputError(
      "invalid-user-name",
      "A user name is 1 to 128 letters, digits or the characters _ + = , . @ -",
    );
  }
  return nameKeyOf(userName);
}

/** True for a name a device may have. */
export function isDeviceName(deviceName: unknown): deviceName is string {
  return typeof deviceName === "string" && DEVICE_NAME.test(deviceName);
}

/** What a device name is compared by. Throws {@link MfaInputError}. */
export function requireDeviceNameKey(deviceName: unknown): string {
  if (!isDeviceName(deviceName)) {
    throw new MfaInputError(
      "invalid-device-name",
      "A device name is 1 to 64 letters, digits or the characters _ + = , . @ -",
    );
  }
  return nameKeyOf(deviceName);
}
