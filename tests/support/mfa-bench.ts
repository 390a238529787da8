import { createOtpEngine, type Seed } from "../../src/otp/index.ts";
import type { ConsecutiveCodes, ObservedCode } from "../../src/mfa/contract.ts";
import type { MfaPolicy } from "../../src/mfa/policy.ts";
import { MfaVerifier } from "../../src/mfa/verifier.ts";
import { Database } from "../../src/vault/database.ts";
import type { PassphraseKdf } from "../../src/vault/passphrase-kdf.ts";
import { SeedInventory } from "../../src/vault/seed-inventory.ts";
import { SeedVault } from "../../src/vault/seed-vault.ts";
import { TokenStore } from "../../src/vault/token-store.ts";
import { addSeeds } from "./add-seeds.ts";
import { oracleCode, totpSeed } from "./seeds.ts";

/** 2026-01-01T00:00:10Z: ten seconds into a step. */
const START_MS = 1_767_225_610_000;

/**
 * The service over a real IndexedDB database of its own, with a clock that the test sets, and the token in the hand: its
 * codes come from the `otpauth` package.
 */
export class MfaBench {
  nowMs = START_MS;
  readonly databaseName: string;
  readonly database: Database;
  readonly vault: SeedVault;
  readonly inventory: SeedInventory;
  readonly store: TokenStore;
  readonly verifier: MfaVerifier;

  private constructor(
    databaseName: string,
    engine: Awaited<ReturnType<typeof createOtpEngine>>,
    policy: Partial<MfaPolicy>,
    kdf?: PassphraseKdf,
  ) {
    this.databaseName = databaseName;
    this.database = new Database(databaseName);
    this.vault = new SeedVault(this.database, kdf ? { kdf } : {});
    this.inventory = new SeedInventory(this.database, this.vault);
    this.store = new TokenStore(this.database, this.vault);
    this.verifier = new MfaVerifier({ engine, store: this.store, policy, now: () => this.nowMs });
  }

  /** A bench on a new database, or on one that another bench uses too (a second tab). */
  static async open(
    options: {
      seeds?: readonly Seed[];
      policy?: Partial<MfaPolicy>;
      databaseName?: string;
      kdf?: PassphraseKdf;
    } = {},
  ): Promise<MfaBench> {
    const { seeds = [totpSeed()], policy = {}, databaseName = `bench-${crypto.randomUUID()}` } = options;
    const bench = new MfaBench(databaseName, await createOtpEngine(), policy, options.kdf);
    await bench.addSeeds(seeds);
    return bench;
  }

  /** Imports copies of the seeds. */
  async addSeeds(seeds: readonly Seed[], options: Parameters<typeof addSeeds>[2] = {}) {
    const copies = seeds.map((seed) => ({ ...seed, secret: seed.secret.slice() }));
    return await addSeeds(this, copies, options);
  }

  async close(): Promise<void> {
    await this.database.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(this.databaseName).addEventListener("success", resolve);
    });
  }

  /** Our time step now. */
  step(seed: Seed = totpSeed()): number {
    return Math.floor((this.nowMs / 1000 - seed.t0Seconds) / seed.periodSeconds);
  }

  /** What a token shows whose clock is `driftSteps` off. */
  code(driftSteps = 0, seed: Seed = totpSeed(), ageMs = 0): ObservedCode {
    return { code: oracleCode(seed, this.step(seed) + driftSteps), ageMs };
  }

  /** The two codes a token shows one after the other, the last of them now. */
  pair(driftSteps = 0, seed: Seed = totpSeed(), ageMs = 0): ConsecutiveCodes {
    return [this.code(driftSteps - 1, seed, ageMs + 30_000), this.code(driftSteps, seed, ageMs)];
  }

  triple(driftSteps = 0, seed: Seed = totpSeed()): ConsecutiveCodes {
    return [this.code(driftSteps - 2, seed), ...this.pair(driftSteps, seed)];
  }

  passSteps(steps: number, seed: Seed = totpSeed()): void {
    this.nowMs += steps * seed.periodSeconds * 1000;
  }

  enable(
    codes: ConsecutiveCodes = this.pair(),
    change: Partial<{ userName: string; deviceName: string; serialNumber: string }> = {},
  ) {
    const { userName = "ana", deviceName = "fob", serialNumber = "TEST00000001" } = change;
    return this.verifier.enableMfaDevice({ userName, deviceName, serialNumber, codes });
  }

  resync(codes: ConsecutiveCodes, serialNumber = "TEST00000001", userName = "ana") {
    return this.verifier.resyncMfaDevice({ userName, serialNumber, codes });
  }

  verify(code: ObservedCode, serialNumber?: string, userName = "ana") {
    return this.verifier.verifyCode({ userName, code, ...(serialNumber !== undefined && { serialNumber }) });
  }
}
