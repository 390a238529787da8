import { wipe } from "../core/bytes.ts";
import type { KeyCounts, Seed, SeedSource } from "../otp/index.ts";
import type { Database } from "./database.ts";
import { changedElsewhere, VaultError } from "./errors.ts";
import type { SeedRecord } from "./records.ts";
import type { SeedVault } from "./seed-vault.ts";
import { offsetOf, readTokenClocks, type TokenClockRecord } from "./token-clocks.ts";

/**
 * The inventory at one moment, read and opened piece by piece. It knows what it was then: once seeds were added or replaced,
 * here or in another tab, it is of no use any more; what tokens' clocks have done since it can tell.
 */
export class VaultSeedSource implements SeedSource {
  readonly length: number;
  /** Reading a record and opening it takes some 80 µs. */
  readonly codesPerSeed = 800;
  readonly #database: Database;
  readonly #vault: SeedVault;
  readonly #stamp: string | undefined;
  readonly #clocks: ReadonlyMap<string, TokenClockRecord>;
  /** In the order of the database, which is that of code units. */
  readonly #serialNumbers: string[] = [];

  private constructor(
    database: Database,
    vault: SeedVault,
    at: {
      readonly stamp: string | undefined;
      readonly length: number;
      readonly clocks: ReadonlyMap<string, TokenClockRecord>;
    },
  ) {
    this.#database = database;
    this.#vault = vault;
    this.#stamp = at.stamp;
    this.length = at.length;
    this.#clocks = at.clocks;
  }

  static async open(database: Database, vault: SeedVault): Promise<VaultSeedSource> {
    const at = await database.read(async (open) => {
      const transaction = open.transaction(["inventory", "seeds", "tokens"]);
      const [stamp, length, clocks] = await Promise.all([
        transaction.objectStore("inventory").get("stamp"),
        transaction.objectStore("seeds").count(),
        readTokenClocks(transaction),
      ]);
      return { stamp, length, clocks };
    });
    return new VaultSeedSource(database, vault, at);
  }

  /** False once seeds were added or replaced. */
  async isCurrent(): Promise<boolean> {
    return (await this.#database.read((open) => open.get("inventory", "stamp"))) === this.#stamp;
  }

  serialNumberOf(index: number): string {
    return this.#serialNumbers[index] ?? "";
  }

  /** Keys only: reading every record just to count its hash would take as long again as all the rest. */
  async count(from: number, to: number): Promise<KeyCounts> {
    this.#serialNumbers.length = from;
    const last = this.#serialNumbers.at(-1);
    const range = last === undefined ? null : IDBKeyRange.lowerBound(last, true);
    const serialNumbers = await this.#database.read((open) => open.getAllKeys("seeds", range, to - from));
    const count = serialNumbers.length;
    if (count !== to - from) throw changedElsewhere();
    this.#serialNumbers.push(...serialNumbers);
    return { SHA1: count, SHA256: count, SHA512: count };
  }

  /** Each at the drift or counter the token had when the source was opened. A damaged record gives a seed without secret. */
  async read(from: number, to: number): Promise<readonly Seed[]> {
    const range = IDBKeyRange.bound(this.serialNumberOf(from), this.serialNumberOf(to - 1));
    const records = await this.#database.read((open) => open.getAll("seeds", range));
    const isSame =
      records.length === to - from &&
      records.every(({ serialNumber }, index) => serialNumber === this.serialNumberOf(from + index));
    if (!isSame) throw changedElsewhere();
    const opened = await Promise.allSettled(records.map((record) => this.#open(record)));
    const failed = opened.find((one) => one.status === "rejected");
    const seeds = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (!failed) return seeds;
    for (const { secret } of seeds) wipe(secret);
    throw failed.reason;
  }

  /** The drift or next counter, by place, of each token whose is another than when the source was opened. */
  moved(): Promise<Map<number, number>> {
    return this.#database.read(async (open) => {
      const transaction = open.transaction(["seeds", "tokens"]);
      const seeds = transaction.objectStore("seeds");
      const clocks = await readTokenClocks(transaction);
      const moved = new Map<number, number>();
      for (const [serialNumber, clock] of clocks) {
        const before = this.#clocks.get(serialNumber);
        if (before && isSameClock(before, clock)) continue;
        const record = await seeds.get(serialNumber);
        if (!record) continue;
        const offset = offsetOf(record, clock);
        if (offset !== offsetOf(record, before)) moved.set(this.#indexOf(serialNumber), offset);
      }
      return moved;
    });
  }

  async #open(record: SeedRecord): Promise<Seed> {
    const seed = await this.#vault.open(record).catch((error: unknown) => {
      if (!(error instanceof VaultError) || error.code !== "store-corrupt") throw error;
      // It fits no code, and does not cost the others theirs.
      return { ...record, secret: new Uint8Array(0) };
    });
    const offset = offsetOf(record, this.#clocks.get(record.serialNumber));
    return record.type === "totp" ? { ...seed, driftSteps: offset } : { ...seed, counter: offset };
  }

  /** −1 for a serial number that is not there. */
  #indexOf(serialNumber: string): number {
    let from = 0;
    let to = this.#serialNumbers.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.serialNumberOf(middle) < serialNumber) from = middle + 1;
      else to = middle;
    }
    return this.#serialNumbers[from] === serialNumber ? from : -1;
  }
}

function isSameClock(a: TokenClockRecord, b: TokenClockRecord): boolean {
  return a.driftSteps === b.driftSteps && a.lastAcceptedFactor === b.lastAcceptedFactor;
}
