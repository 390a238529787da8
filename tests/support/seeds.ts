import { HOTP, Secret } from "otpauth";
import { utf8Bytes } from "../../src/core/bytes.ts";
import type { Seed } from "../../src/otp/index.ts";

/** A TOTP seed with the RFC 4226 test key; any field can be changed. */
export function totpSeed(changes: Partial<Seed> = {}): Seed {
  return {
    serialNumber: "TEST00000001",
    type: "totp",
    secret: utf8Bytes("12345678901234567890"),
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    ...changes,
  };
}

/** The code of a moving factor as the `otpauth` package computes it: the oracle. */
export function oracleCode(seed: Seed, movingFactor: number): string {
  const { secret, algorithm, digits } = seed;
  return HOTP.generate({
    secret: new Secret({ buffer: secret.slice().buffer }),
    algorithm,
    digits,
    counter: movingFactor,
  });
}
