import { TokenIdentifier } from "../src/mfa/token-identification.ts";
import { SeedIntake } from "../src/mfa/seed-intake.ts";
import { MfaVerifier } from "../src/mfa/verifier.ts";
import { createOtpEngine } from "../src/otp/engine.ts";
import type { BackupParts } from "../src/vault/backup/export-backup.ts";
import { AuditLog } from "../src/vault/audit-log.ts";
import { Database } from "../src/vault/database.ts";
import { ImportJournal } from "../src/vault/import-journal.ts";
import { createPassphraseKdf } from "../src/vault/passphrase-kdf.ts";
import { SeedInventory } from "../src/vault/seed-inventory.ts";
import { SeedVault } from "../src/vault/seed-vault.ts";
import { TokenStore } from "../src/vault/token-store.ts";
import { VaultPasskeys } from "../src/vault/vault-passkeys.ts";
import { VaultWatch } from "../src/vault/vault-watch.ts";
import type { VerificationSettings } from "./contract.ts";

/** What the service is put together from. */
export interface ServiceParts {
  readonly database: Database;
  readonly vault: SeedVault;
  readonly passkeys: VaultPasskeys;
  readonly backup: BackupParts;
  readonly watch: VaultWatch;
  readonly store: TokenStore;
  readonly audit: AuditLog;
  /** The trusted clock, in Unix milliseconds. */
  readonly now: () => number;
  readonly inventory: SeedInventory;
  readonly verifier: MfaVerifier;
  readonly identifier: TokenIdentifier;
  readonly journal: ImportJournal;
  readonly intake: SeedIntake;
}

/** Puts the parts together. The database is opened at the first use. */
export async function createParts(settings: VerificationSettings): Promise<ServiceParts> {
  const { databaseName, policy, clockOffsetMs, autoLockMinutes } = settings;
  const database = new Database(databaseName);
  const kdf = createPassphraseKdf();
  const vault = new SeedVault(database, { kdf });
  const passkeys = new VaultPasskeys(database, vault);
  const inventory = new SeedInventory(database, vault);
  const engine = await createOtpEngine();
  const now = () => Date.now() + clockOffsetMs;
  const store = new TokenStore(database, vault);
  const audit = new AuditLog(database);
  const verifier = new MfaVerifier({ engine, store, policy, now });
  const identifier = new TokenIdentifier({ engine, vault, inventory, now });
  vault.onLocked(() => identifier.forget());
  const watch = new VaultWatch(databaseName, vault, autoLockMinutes);
  const journal = new ImportJournal(database, now);
  const intake = new SeedIntake(database, vault, journal);
  const backup = { database, vault, kdf, now };
  const whole = { database, vault, passkeys, backup, watch, store, audit, now };
  return { ...whole, inventory, verifier, identifier, journal, intake };
}
