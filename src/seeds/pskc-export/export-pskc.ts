import { formatBase64 } from "../../core/text-forms.ts";
import type { Seed } from "../../otp/seed.ts";
import { LIMITS } from "../limits.ts";
import { Pace } from "../pace.ts";
import { derivePbkdf2 } from "../pskc/pbkdf2.ts";
import { SeedExportError } from "./errors.ts";
import { CIPHER, formatCipherData, formatKeyPackage } from "./key-package.ts";
import { SIZES, ValueSealer, type RandomSource } from "./value-sealer.ts";

/** NIST SP 800-63B section 3.1.1: eight characters at the least, where a person chooses them. */
const SHORTEST_PASSWORD = 8;

/** OWASP Password Storage Cheat Sheet, for PBKDF2 with HMAC-SHA-1. */
const ITERATIONS = 1_300_000;

/** Tokens after which a click on Cancel gets through. */
const BATCH = 500;

export interface ExportPskcOptions {
  /** Rounds of PBKDF2, from 1 to 2 147 483 647; 1 300 000 unless told. */
  readonly iterations?: number;
  /** `crypto.getRandomValues` unless told; for tests. */
  readonly random?: RandomSource;
  readonly signal?: AbortSignal;
  /** Tokens written so far, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * A PSKC file (RFC 6030, figure 7) of these tokens, encrypted with a password: PBKDF2 with HMAC-SHA-1, AES-128-CBC, and an
 * HMAC-SHA-1 over each secret; these are what RFC 6030 asks every reader to know, and some readers know nothing else. The
 * seeds stay the caller's. Rejects with {@link SeedExportError}, with the signal's reason, with `RangeError` for iterations
 * that have no meaning, and with `SeedFileError` `unsupported-encryption` where there is no WebCrypto.
 */
export async function exportPskc(
  seeds: readonly Seed[],
  password: string,
  options: ExportPskcOptions = {},
): Promise<Blob> {
  const { iterations = ITERATIONS, random = randomBytes, signal } = options;
  signal?.throwIfAborted();
  requireRequest(seeds, password, iterations);
  const salt = random(new Uint8Array(SIZES.salt));
  const parameters = { salt, iterations, keyBytes: SIZES.key, hash: "SHA-1" } as const;
  const sealer = new ValueSealer(await derivePbkdf2(password, parameters, signal), random);
  try {
    const pace = new Pace(options);
    const parts = [formatHead(formatBase64(salt), iterations, formatBase64(sealer.sealMacKey()))];
    for (let start = 0; start < seeds.length; start += BATCH) {
      await pace.pause(start, seeds.length);
      parts.push(
        seeds
          .slice(start, start + BATCH)
          .map((seed) => formatKeyPackage(seed, sealer))
          .join(""),
      );
    }
    parts.push("</KeyContainer>\n");
    options.onProgress?.(seeds.length, seeds.length);
    return new Blob(parts, { type: "application/pskc+xml" });
  } finally {
    sealer.close();
  }
}

function requireRequest(seeds: readonly Seed[], password: string, iterations: number): void {
  const most = LIMITS.pbkdf2.mostIterations;
  if (!Number.isSafeInteger(iterations) || iterations < 1 || iterations > most) {
    throw new RangeError(`iterations takes a whole number from 1 to ${most}.`);
  }
  if (seeds.length === 0) {
    throw new SeedExportError("no-seeds", "No tokens were chosen. Choose at least one.");
  }
  if (Array.from(password).length < SHORTEST_PASSWORD) {
    throw new SeedExportError(
      "weak-password",
      `The password is shorter than ${SHORTEST_PASSWORD} characters, and whoever finds the file could guess it. Choose a longer one.`,
    );
  }
}

function formatHead(salt: string, iterations: number, macKey: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
<EncryptionKey><xenc11:DerivedKey>
<xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><pkcs5:PBKDF2-params>
<Salt xmlns=""><Specified>${salt}</Specified></Salt><IterationCount xmlns="">${iterations}</IterationCount><KeyLength xmlns="">${SIZES.key}</KeyLength><PRF xmlns=""/>
</pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod>
</xenc11:DerivedKey></EncryptionKey>
<MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><MACKey>${CIPHER}${formatCipherData(macKey)}</MACKey></MACMethod>
`;
}

function randomBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(bytes);
}
