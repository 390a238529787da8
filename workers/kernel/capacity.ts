import type { PackedSecrets } from "../../src/otp/kernel.ts";

/** Throws a `RangeError` when a set has no room for all of `secrets`: nothing is added then. */
export function requireRoom(
  set: { readonly size: number; readonly capacity: number },
  secrets: PackedSecrets,
): void {
  if (set.size + secrets.ends.length > set.capacity) {
    throw new RangeError(`a set of ${set.capacity} keys cannot take ${secrets.ends.length} more`);
  }
}
