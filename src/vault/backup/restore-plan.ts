import { wipe } from "../../core/bytes.ts";
import { nextTask } from "../../core/next-task.ts";
import type { Differs } from "../carry-over.ts";
import type { Database } from "../database.ts";
import { recordsAmong } from "../keys-among.ts";
import { revisionOf, type SealedFacts, type SeedRecord, type TokenRecord } from "../records.ts";
import { importSealingKey } from "../sealing.ts";
import { openSecret } from "../seed-sealing.ts";
import type { ReadBackup } from "./backup-reading.ts";
import { parseItems } from "./content.ts";

/** What a restore finds out before its transaction, in which nothing may be awaited but the database. */
export interface RestorePlan {
  /** Of the vault that is here; undefined where there is none yet. */
  readonly vaultIdHere: string | undefined;
  /** It has the id of the vault here, which anybody can write into a file, and the data key, which nobody else has. */
  readonly isSameVault: boolean;
  /** Serial numbers of tokens that something is known of here. */
  readonly usedHere: ReadonlySet<string>;
  /** The backup's seeds of the tokens that something is known of, here or in the backup. */
  readonly coming: ReadonlyMap<string, SeedRecord>;
  /** Whether a mark of the token is surely of another secret than the seed that comes to it. */
  differs(serialNumber: string): Differs;
}

/** Looks at what is here, and at all seeds of the backup: `onChunk` is called for each chunk of them, in a task of its own. */
export async function planRestore(
  database: Database,
  backup: ReadBackup,
  onChunk: () => void,
): Promise<RestorePlan> {
  const here = await readHere(database);
  const key = await importSealingKey(backup.dataKey);
  const isSameVault = here.vaultId === backup.header.vaultId && (await opensAny(key, here));
  const marks = isSameVault ? marksOf(here, backup) : new Map<string, SealedFacts[]>();
  const coming = new Map<string, SeedRecord>();
  const differing = new Map<string, Set<string>>();
  for (const chunk of backup.seedChunks) {
    onChunk();
    for (const [kind, seed] of parseItems(chunk)) {
      if (kind !== "seed") continue;
      const { serialNumber } = seed;
      if (here.tokens.has(serialNumber) || backup.tokens.has(serialNumber)) coming.set(serialNumber, seed);
      if (seed.type !== "hotp") continue;
      for (const mark of marks.get(serialNumber) ?? []) {
        if (await isSameSecret(key, backup.header.vaultId, seed, mark)) continue;
        const others = differing.get(serialNumber) ?? new Set();
        differing.set(serialNumber, others.add(revisionOf(mark.sealedSecret)));
      }
    }
    await nextTask();
  }
  return {
    vaultIdHere: here.vaultId,
    isSameVault,
    usedHere: new Set(here.tokens.keys()),
    coming,
    differs: (serialNumber) => (mark) =>
      differing.get(serialNumber)?.has(revisionOf(mark.sealedSecret)) ?? false,
  };
}

interface Here {
  readonly vaultId: string | undefined;
  readonly tokens: ReadonlyMap<string, TokenRecord>;
  /** Seeds of those tokens. */
  readonly seeds: ReadonlyMap<string, SeedRecord>;
  /** Some of what is sealed here, whatever there is. */
  readonly samples: readonly SealedFacts[];
}

/** Tried until one opens: a few may be damaged. */
const MOST_SAMPLES = 16;

function readHere(database: Database): Promise<Here> {
  return database.read(async (open) => {
    const transaction = open.transaction(["vault", "tokens", "seeds"]);
    const [header, tokens, anySeeds] = await Promise.all([
      transaction.objectStore("vault").get("header"),
      transaction.objectStore("tokens").getAll(),
      transaction.objectStore("seeds").getAll(null, MOST_SAMPLES),
    ]);
    const retired = tokens.flatMap((token) => token.retired ?? []);
    const serialNumbers = tokens.map(({ serialNumber }) => serialNumber);
    return {
      vaultId: header?.vaultId,
      tokens: new Map(tokens.map((token) => [token.serialNumber, token])),
      seeds: await recordsAmong(transaction.objectStore("seeds"), serialNumbers),
      samples: [...anySeeds, ...retired.slice(0, MOST_SAMPLES)],
    };
  });
}

/** False where nothing is sealed: then nothing is lost by taking the backup for another vault's. */
async function opensAny(key: CryptoKey, { vaultId = "", samples }: Here): Promise<boolean> {
  for (const sealed of samples) {
    const secret = await openSecret(key, vaultId, sealed).catch(() => null);
    if (secret) wipe(secret);
    if (secret) return true;
  }
  return false;
}

/** The counters' secrets here that a seed of the backup may be another than, by serial number. */
function marksOf({ tokens, seeds }: Here, { revisions }: ReadBackup): Map<string, SealedFacts[]> {
  return new Map(
    [...tokens].map(([serialNumber, { retired = [] }]): [string, SealedFacts[]] => {
      const seed = seeds.get(serialNumber);
      const isOther = seed && revisionOf(seed.sealedSecret) !== revisions.get(serialNumber);
      return [serialNumber, [...retired, ...(isOther ? [seed] : [])].filter(({ type }) => type === "hotp")];
    }),
  );
}

/** What cannot be opened may be the same. */
async function isSameSecret(
  key: CryptoKey,
  vaultId: string,
  one: SealedFacts,
  other: SealedFacts,
): Promise<boolean> {
  const opened = await Promise.allSettled([openSecret(key, vaultId, one), openSecret(key, vaultId, other)]);
  const [a, b] = opened.map((result) => (result.status === "fulfilled" ? result.value : null));
  const isSame = !a || !b || (a.length === b.length && a.every((byte, index) => byte === b[index]));
  for (const secret of [a, b]) if (secret) wipe(secret);
  return isSame;
}
