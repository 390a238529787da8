import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { Database } from "../../../src/vault/database.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import { SeedVault } from "../../../src/vault/seed-vault.ts";
import { VaultWatch } from "../../../src/vault/vault-watch.ts";
import { ManualTimer } from "../../support/manual-timer.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { totpSeed } from "../../support/seeds.ts";

const PASSPHRASE = "correct horse battery";
const MINUTE = 60_000;

/** One tab: its own connection, vault and watch, on a clock the test turns. */
class Tab {
  readonly timer = new ManualTimer();
  readonly database: Database;
  readonly vault: SeedVault;
  readonly watch: VaultWatch;
  forgotten = 0;

  constructor(name: string, autoLockMinutes?: number) {
    this.database = new Database(name);
    this.vault = new SeedVault(this.database, { kdf: new QuickKdf() });
    this.vault.onLocked(() => (this.forgotten += 1));
    this.watch = new VaultWatch(name, this.vault, autoLockMinutes, {
      wallMs: () => this.timer.now(),
      steadyMs: () => this.timer.now(),
      after: (milliseconds, callback) => this.timer.after(milliseconds, callback),
    });
  }

  use(record: SeedRecord) {
    return this.watch.around(() => this.vault.open(record));
  }

  async close(): Promise<void> {
    this.watch.close();
    await this.database.close();
  }
}

let name: string;
const tabs: Tab[] = [];
const open = (autoLockMinutes?: number) => {
  const tab = new Tab(name, autoLockMinutes);
  tabs.push(tab);
  return tab;
};
beforeEach(() => {
  name = `watch-${crypto.randomUUID()}`;
});
afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  indexedDB.deleteDatabase(name);
});

/** A vault with a passphrase, open in two tabs. */
async function openTwice(autoLockMinutes?: number) {
  const one = open(autoLockMinutes);
  const { record } = await one.vault.seal(totpSeed());
  await one.vault.create(PASSPHRASE);
  const other = open(autoLockMinutes);
  await other.vault.unlock(PASSPHRASE);
  return { one, other, record };
}
const locked = { code: "vault-locked" };

describe("locking", () => {
  it("S16 in one tab locks the others", async () => {
    const { one, other, record } = await openTwice();
    const forgotten = other.forgotten;
    await one.watch.lockEverywhere();
    await expect(one.use(record)).rejects.toMatchObject(locked);
    await vi.waitFor(async () => expect(await other.vault.state()).toBe("locked"), { timeout: 30_000 });
    expect(other.forgotten).toBeGreaterThan(forgotten);
    await expect(other.use(record)).rejects.toMatchObject(locked);
    await other.vault.unlock(PASSPHRASE);
    await expect(other.use(record)).resolves.toEqual(totpSeed());
    expect(await one.vault.state()).toBe("locked");
  });

  it("S16 is noticed before the next call by a page that comes back and missed it", async () => {
    const { one, other, record } = await openTwice();
    // Without the channel: a page in the back/forward cache gets no messages.
    await one.vault.lockEverywhere();
    await expect(other.use(record)).resolves.toEqual(totpSeed());
    other.watch.page("visible");
    await expect(other.use(record)).rejects.toMatchObject(locked);
  });

  it("S16 is not done to a page that comes back when nothing happened", async () => {
    const { one, other, record } = await openTwice();
    one.vault.lock();
    await one.vault.unlock(PASSPHRASE);
    other.watch.page("hidden");
    other.watch.page("visible");
    await expect(other.use(record)).resolves.toEqual(totpSeed());
  });

  it.each<[string, (tab: Tab) => Promise<void>]>([
    ["changed", (tab) => tab.vault.changePassphrase(PASSPHRASE, "staple staple staple")],
    ["set", (tab) => tab.vault.create(PASSPHRASE)],
  ])("S16 comes with a passphrase %s in another tab", async (how, setPassphrase) => {
    const one = open();
    const other = open();
    const { record } = await one.vault.seal(totpSeed());
    if (how === "changed") await one.vault.create(PASSPHRASE);
    await other.vault.unlock(PASSPHRASE);
    await expect(other.use(record)).resolves.toEqual(totpSeed());
    await setPassphrase(one);
    other.watch.page("visible");
    await expect(other.use(record)).rejects.toMatchObject(locked);
    await expect(one.use(record)).resolves.toEqual(totpSeed());
  });

  it("S16 overtakes an unlock under way", async () => {
    const { one, other, record } = await openTwice();
    other.vault.lock();
    const unlocking = other.vault.unlock(PASSPHRASE);
    other.vault.lock();
    await expect(unlocking).rejects.toMatchObject(locked);
    await expect(other.use(record)).rejects.toMatchObject(locked);
    await expect(one.use(record)).resolves.toEqual(totpSeed());
  });

  it.each<[string, (tab: Tab) => Promise<void>, string]>([
    [
      "change",
      (tab) => tab.vault.changePassphrase(PASSPHRASE, "staple staple staple"),
      "staple staple staple",
    ],
    ["first setting", (tab) => tab.vault.create(PASSPHRASE), PASSPHRASE],
  ])("S16 meets a passphrase's %s under way: it is made, and the vault locked", async (how, set, now) => {
    const one = open();
    const { record } = await one.vault.seal(totpSeed());
    if (how === "change") await one.vault.create(PASSPHRASE);
    const setting = set(one);
    one.vault.lock();
    await expect(setting).resolves.toBeUndefined();
    expect(await one.vault.state()).toBe("locked");
    await one.vault.unlock(now);
    await expect(one.use(record)).resolves.toEqual(totpSeed());
  });

  it("S16 is done also when the database cannot say whether it was locked elsewhere", async () => {
    const { other, record } = await openTwice();
    vi.spyOn(other.database, "read").mockRejectedValueOnce(new Error("gone"));
    other.watch.page("visible");
    await expect(other.use(record)).rejects.toMatchObject(locked);
  });
});

describe("locking by itself", () => {
  it("P8 is done after five minutes without a call, in that tab only", async () => {
    const { one, other, record } = await openTwice();
    one.timer.advance(4 * MINUTE);
    await one.use(record);
    one.timer.advance(5 * MINUTE - 1);
    await expect(one.vault.state()).resolves.toBe("unlocked");
    one.timer.advance(1);
    await expect(one.use(record)).rejects.toMatchObject(locked);
    await expect(other.use(record)).resolves.toEqual(totpSeed());
  });

  it("P8 is done fifteen minutes after the page was hidden", async () => {
    const { one, record } = await openTwice(60);
    one.watch.page("hidden");
    one.timer.advance(15 * MINUTE);
    await expect(one.use(record)).rejects.toMatchObject(locked);
  });

  it("P8 is never done when told so", async () => {
    const { one, record } = await openTwice(0);
    one.watch.page("hidden");
    one.timer.advance(600 * MINUTE);
    await expect(one.use(record)).resolves.toEqual(totpSeed());
  });

  it("P8 does not touch a vault without a passphrase", async () => {
    const tab = open();
    const { record } = await tab.vault.seal(totpSeed());
    tab.timer.advance(60 * MINUTE);
    await expect(tab.use(record)).resolves.toEqual(totpSeed());
    expect(tab.forgotten).toBe(0);
  });

  it.each([-1, 0.5, 61, Number.NaN, Number.POSITIVE_INFINITY])("P8 refuses %d minutes", async (minutes) => {
    expect(() => open(minutes)).toThrow(RangeError);
    const createWorker = vi.fn<() => Worker>();
    await expect(createLocalMfaService({ createWorker, autoLockMinutes: minutes })).rejects.toBeInstanceOf(
      RangeError,
    );
    expect(createWorker).not.toHaveBeenCalled();
  });
});

describe("the service in two real workers", () => {
  const services: LocalMfaService[] = [];
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.close()));
  });
  const start = async () => {
    const service = await createLocalMfaService({ databaseName: name });
    services.push(service);
    return service;
  };

  it("S16 locks both, S3 makes both wait", async () => {
    const [one, other] = [await start(), await start()];
    await one.createVault(PASSPHRASE);
    await other.unlock(PASSPHRASE);
    expect(await other.vaultState()).toBe("unlocked");
    await one.lock();
    await vi.waitFor(async () => expect(await other.vaultState()).toBe("locked"), { timeout: 30_000 });
    for (let tries = 0; tries < 5; tries += 1) {
      const service = tries % 2 ? one : other;
      await expect(service.unlock("wrong wrong")).rejects.toMatchObject({ code: "wrong-passphrase" });
    }
    const refusal = await one.unlock(PASSPHRASE).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: "MfaError", code: "too-many-attempts" });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(15_000);
    const later = await start();
    await expect(later.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "too-many-attempts" });
  });

  it("S16 looks again when the page is shown", async () => {
    const service = await start();
    await service.createVault(PASSPHRASE);
    const elsewhere = new Database(name);
    await new SeedVault(elsewhere).lockEverywhere();
    expect(await service.vaultState()).toBe("unlocked");
    globalThis.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await vi.waitFor(async () => expect(await service.vaultState()).toBe("locked"), { timeout: 30_000 });
    await elsewhere.close();
  });
});
