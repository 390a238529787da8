import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/index.ts";
import type { Database } from "../vault/database.ts";
import { recordsAmong } from "../vault/keys-among.ts";
import { whileOpen } from "../vault/open-while.ts";
import type { SeedVault } from "../vault/seed-vault.ts";
import { offsetOf } from "../vault/token-clocks.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import { exportPskc } from "./seed-files.ts";
import type { Watched } from "./seed-intake.ts";

/** Seeds opened at a time. */
const BATCH = 512;

/** Longest serial number, and most tokens of a file. */
const MOST_TOKENS = 1_000_000;

/** Writes chosen tokens to a file: see `LocalMfaService.exportSeeds`. */
export async function exportSeeds(
  parts: { readonly database: Database; readonly vault: SeedVault },
  request: { readonly serialNumbers: unknown; readonly password: unknown },
  watched: Watched,
): Promise<Blob> {
  const { serialNumbers, password } = requireRequest(request.serialNumbers, request.password);
  return await whileOpen(parts.vault, watched.signal, (signal) =>
    writeFile(parts, { serialNumbers, password }, { ...watched, signal }),
  );
}

async function writeFile(
  parts: { readonly database: Database; readonly vault: SeedVault },
  { serialNumbers, password }: { readonly serialNumbers: readonly string[]; readonly password: string },
  { signal, pulse }: Watched,
): Promise<Blob> {
  const seeds: Seed[] = [];
  try {
    for (let start = 0; start < serialNumbers.length; start += BATCH) {
      signal.throwIfAborted();
      await openBatch(parts, serialNumbers.slice(start, start + BATCH), seeds);
      pulse.tell(0, serialNumbers.length);
    }
    return await exportPskc(seeds, password, { signal, onProgress: pulse.tell });
  } finally {
    for (const { secret } of seeds) wipe(secret);
  }
}

/** Adds the seeds to `opened`, each where its token's clock or counter is now. What was opened is the caller's to wipe. */
async function openBatch(
  { database, vault }: { readonly database: Database; readonly vault: SeedVault },
  serialNumbers: readonly string[],
  opened: Seed[],
): Promise<void> {
  const { records, clocks } = await database.read(async (open) => {
    const transaction = open.transaction(["seeds", "tokens"]);
    const [found, used] = await Promise.all([
      recordsAmong(transaction.objectStore("seeds"), serialNumbers),
      recordsAmong(transaction.objectStore("tokens"), serialNumbers),
    ]);
    return { records: found, clocks: used };
  });
  const settled = await Promise.allSettled(
    serialNumbers.map(async (serialNumber) => {
      const record = records.get(serialNumber);
      if (!record) throw unknownSerial(serialNumber);
      const offset = offsetOf(record, clocks.get(serialNumber));
      const seed = await vault.open(record);
      return record.type === "totp" ? { ...seed, driftSteps: offset } : { ...seed, counter: offset };
    }),
  );
  for (const one of settled) if (one.status === "fulfilled") opened.push(one.value);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

function requireRequest(
  serialNumbers: unknown,
  password: unknown,
): { serialNumbers: string[]; password: string } {
  const isRequest =
    Array.isArray(serialNumbers) &&
    serialNumbers.length <= MOST_TOKENS &&
    serialNumbers.every((one) => typeof one === "string") &&
    typeof password === "string";
  if (!isRequest) {
    throw new MfaInputError("invalid-request", "An export takes serial numbers and a password.");
  }
  return { serialNumbers: [...new Set(serialNumbers)], password };
}

function unknownSerial(serialNumber: string): MfaError {
  return new MfaError("unknown-serial", "A token that was chosen is no longer in the inventory.", {
    details: { serialNumber },
  });
}
