import type { Digits } from "../../src/otp/seed.ts";

/** Ten to the power of the digits, RFC 4226 section 5.3 step 3. */
export const MODULUS = { 6: 1e6, 7: 1e7, 8: 1e8 } as const satisfies Record<Digits, number>;
