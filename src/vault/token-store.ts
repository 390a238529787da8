import {
  confirm,
  forgive,
  noAttempts,
  rebase,
  oneMoreRefused,
  release,
  reserve,
  reservedAttempt,
  withoutRefused,
  type ReservedAttempt,
} from "./attempts.ts";
import type { Database, VaultStore } from "./database.ts";
import { rememberObservation } from "./drift-history.ts";
import type {
  AttemptCount,
  AttemptScope,
  ConsumeRequest,
  FoundSeed,
  Consumption,
  Failure,
  Reservation,
  TokenFacts,
  TokenStatus,
} from "./operations.ts";
import {
  revisionOf,
  serialKeyOf,
  tokenAttempts,
  userAttempts,
  type AttemptRecord,
  type DeviceRecord,
  type SeedRecord,
  type RefusedCodes,
  type TokenRecord,
} from "./records.ts";
import { usedUntil } from "./backup/restored-marks.ts";
import type { SeedVault } from "./seed-vault.ts";

const SEED_STORES = ["vault", "seeds", "imports"] as const;

/** The service's store over IndexedDB (`MfaStore` of the MFA folder). Each method is one transaction. */
export class TokenStore {
  readonly #database: Database;
  readonly #vault: SeedVault;

  constructor(database: Database, vault: SeedVault) {
    this.#database = database;
    this.#vault = vault;
  }

  findSerialNumber(typed: string): Promise<string | null> {
    return this.#database.read(async (database) => {
      const exact = await database.getKey("seeds", typed);
      if (exact !== undefined) return exact;
      const serialKey = serialKeyOf(typed);
      const [plain, indexed] = await Promise.all([
        database.getKey("seeds", serialKey),
        database.getAllKeysFromIndex("seeds", "serialKey", serialKey, 2),
      ]);
      const alike = new Set(plain === undefined ? indexed : [plain, ...indexed]);
      // Two serial numbers may differ in case only: then a third spelling names neither.
      return alike.size === 1 ? ([...alike][0] ?? null) : null;
    });
  }

  async findFacts(serialNumber: string): Promise<TokenFacts | null> {
    return (await this.#database.read((database) => database.get("seeds", serialNumber))) ?? null;
  }

  async findSeed(serialNumber: string): Promise<FoundSeed | null> {
    const record = await this.#database.read((database) => database.get("seeds", serialNumber));
    if (!record) return null;
    return { seed: await this.#vault.open(record), revision: revisionOf(record.sealedSecret) };
  }

  async findDevice(serialNumber: string): Promise<DeviceRecord | null> {
    return (await this.#database.read((database) => database.get("devices", serialNumber))) ?? null;
  }

  async devicesOf(userKey: string): Promise<DeviceRecord[]> {
    const devices = await this.#database.read((database) =>
      database.getAllFromIndex("devices", "userKey", userKey),
    );
    return devices.toSorted((a, b) => a.enabledAtMs - b.enabledAtMs);
  }

  status(serialNumber: string): Promise<TokenStatus> {
    return this.#database.read(async (database) => {
      const transaction = database.transaction(["vault", "tokens", "seeds", "attempts"]);
      const [header, stored, seed, attempts] = await Promise.all([
        transaction.objectStore("vault").get("header"),
        transaction.objectStore("tokens").get(serialNumber),
        transaction.objectStore("seeds").get(serialNumber),
        transaction.objectStore("attempts").get(tokenAttempts(serialNumber)),
      ]);
      const token = stored ?? unusedToken(serialNumber, seed?.driftSteps ?? 0);
      return {
        token: seed ? usedBefore(header?.restoredAtMs, seed, token) : token,
        failures: attempts?.failures ?? 0,
        outOfSync: attempts?.outOfSync ?? false,
      };
    });
  }

  reserveAttempt(
    scope: AttemptScope,
    nowMs: number,
    waitMs: (attempts: AttemptCount) => number,
  ): Promise<{ reservation: Reservation } | { waitMs: number }> {
    const keys = [userAttempts(scope.userKey), ...scope.serialNumbers.map(tokenAttempts)];
    return this.#database.write(["attempts"], async (transaction) => {
      const store = transaction.objectStore("attempts");
      const stored = await Promise.all(keys.map(async (key) => (await store.get(key)) ?? noAttempts(key)));
      const records = stored.map((record) => rebase(record, nowMs));
      const wait = Math.max(...records.map(waitMs));
      if (wait > 0) {
        // Also of a refusal this much stays: or a clock that was set back would shut the owner out until it caught up.
        const rebased = records.filter((record, index) => record !== stored[index]);
        await Promise.all(rebased.map((record) => store.put(record)));
        return { waitMs: wait };
      }
      await Promise.all(records.map((record) => store.put(reserve(record, nowMs))));
      const entries = records.map((record) => reservedAttempt(record, nowMs));
      return { reservation: { userKey: scope.userKey, entries } };
    });
  }

  confirmFailure({ userKey, entries }: Reservation, failure: Failure): Promise<void> {
    const { nowMs, wasUsed, outOfSyncSerialNumber: serialNumber } = failure;
    const outOfSyncKey = serialNumber === undefined ? undefined : tokenAttempts(serialNumber);
    const userAttemptsKey = userAttempts(userKey);
    return this.#changeAttempts(entries, (record, reserved) => {
      const confirmed = confirm(record, reserved, nowMs, record.key === outOfSyncKey);
      if (record.key !== userAttemptsKey) return confirmed;
      return { ...confirmed, refused: oneMoreRefused(record.refused, nowMs, wasUsed) };
    });
  }

  releaseAttempt(reservation: Reservation): Promise<void> {
    return this.#changeAttempts(reservation.entries, release);
  }

  consume(request: ConsumeRequest): Promise<Consumption> {
    const { serialNumber, userKey, revision, movingFactor, driftSteps, observation, synced } = request;
    const { nowMs, reservation, enrol, signIn = false } = request;
    // Who only signs in need not wait for a block of seeds that is being written.
    const stores: VaultStore[] = ["tokens", "devices", "attempts", ...(enrol ? SEED_STORES : [])];
    return this.#database.write(stores, async (transaction) => {
      const tokens = transaction.objectStore("tokens");
      const devices = transaction.objectStore("devices");
      const attempts = transaction.objectStore("attempts");

      const owner = await devices.get(serialNumber);
      let token = (await tokens.get(serialNumber)) ?? unusedToken(serialNumber, 0);
      if (enrol) {
        if (owner) return { outcome: "serial-taken" };
        const seed = await transaction.objectStore("seeds").get(serialNumber);
        if (!seed) return { outcome: "not-assigned" };
        if (revisionOf(seed.sealedSecret) !== revision) return { outcome: "seed-changed" };
        const header = await transaction.objectStore("vault").get("header");
        token = usedBefore(header?.restoredAtMs, seed, token);
        const lastImport = await transaction.objectStore("imports").get("last");
        const mayBeTakenBack = lastImport && lastImport.state !== "done";
        if (mayBeTakenBack && lastImport.importId === seed.importId) return { outcome: "import-running" };
        const others = await devices.index("userKey").getAll(userKey);
        if (others.some((other) => other.deviceNameKey === enrol.device.deviceNameKey))
          return { outcome: "name-taken" };
        if (others.length >= enrol.maxDevices) return { outcome: "limit-exceeded" };
      } else if (owner?.userKey !== userKey) {
        return { outcome: "not-assigned" };
      } else if ((owner.seedRevision ?? revision) !== revision) {
        return { outcome: "seed-changed" };
      }
      if (token.needsResync && !synced) return { outcome: "needs-resync" };
      if (movingFactor <= token.lastAcceptedFactor) return { outcome: "already-used" };

      const history = synced ? [] : (token.driftHistory ?? []);
      const { retired } = token;
      await tokens.put({
        serialNumber,
        lastAcceptedFactor: movingFactor,
        driftSteps,
        syncedDriftSteps: synced ? driftSteps : token.syncedDriftSteps,
        lastUsedAtMs: nowMs,
        driftHistory: observation ? rememberObservation(history, observation) : history,
        ...(retired && { retired }),
      });
      if (enrol) await devices.add({ ...enrol.device, seedRevision: revision });
      // It clears the user's other tokens that were asked as well: a miss that named no device counted against each of them.
      let refused: RefusedCodes | undefined;
      for (const reserved of reservation.entries) {
        const record = (await attempts.get(reserved.key)) ?? noAttempts(reserved.key);
        if (signIn) refused ??= record.refused;
        await attempts.put(forgive(signIn ? withoutRefused(record) : record, reserved));
      }
      return { outcome: "consumed", refused };
    });
  }

  removeDevice(serialNumber: string, userKey: string): Promise<boolean> {
    return this.#database.write(["devices"], async (transaction) => {
      const devices = transaction.objectStore("devices");
      const device = await devices.get(serialNumber);
      if (device?.userKey !== userKey) return false;
      await devices.delete(serialNumber);
      return true;
    });
  }

  #changeAttempts(
    entries: readonly ReservedAttempt[],
    change: (record: AttemptRecord, reserved: ReservedAttempt) => AttemptRecord,
  ): Promise<void> {
    return this.#database.write(["attempts"], async (transaction) => {
      const store = transaction.objectStore("attempts");
      for (const reserved of entries) {
        await store.put(change((await store.get(reserved.key)) ?? noAttempts(reserved.key), reserved));
      }
    });
  }
}

/** After a restore nobody knows here what a clock's token was used for before it. */
function usedBefore(restoredAtMs: number | undefined, seed: SeedRecord, token: TokenRecord): TokenRecord {
  if (!restoredAtMs || seed.type === "hotp") return token;
  const used = usedUntil(seed, token.driftSteps, restoredAtMs);
  return used > token.lastAcceptedFactor ? { ...token, lastAcceptedFactor: used } : token;
}

function unusedToken(serialNumber: string, driftSteps: number): TokenRecord {
  return { serialNumber, lastAcceptedFactor: -1, driftSteps, syncedDriftSteps: driftSteps };
}
