import { type Bytes, concatBytes } from "../../src/core/bytes.ts";
import type { PackedSecrets } from "../../src/otp/index.ts";

/** Secrets in one buffer, as kernels take them. */
export function packed(secrets: readonly Bytes[]): PackedSecrets {
  let length = 0;
  return {
    bytes: concatBytes(...secrets),
    ends: Uint32Array.from(secrets, (secret) => (length += secret.length)),
  };
}
