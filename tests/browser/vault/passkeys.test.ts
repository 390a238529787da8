import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cdp } from "vitest/browser";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";

const PASSPHRASE = "correct horse battery";
const NEXT = "staple staple staple";

interface Session {
  send(method: string, parameters?: object): Promise<{ authenticatorId?: string }>;
}
const session = () => cdp() as unknown as Session;
const authenticators: string[] = [];

/** A security key in the machine, as the browser simulates it: it touches and verifies by itself. */
async function plugIn(options: object = {}): Promise<string> {
  const { authenticatorId = "" } = await session().send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
  authenticators.push(authenticatorId);
  return authenticatorId;
}
const unplug = (authenticatorId: string) =>
  session().send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });

let databaseName: string;
const services: LocalMfaService[] = [];
const open = async () => {
  const service = await createLocalMfaService({ databaseName });
  services.push(service);
  return service;
};
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `passkeys-${crypto.randomUUID()}`;
  await session().send("WebAuthn.enable");
  service = await open();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((one) => one.close()));
  await Promise.all(authenticators.splice(0).map((one) => unplug(one).catch(() => undefined)));
  await session().send("WebAuthn.disable");
  indexedDB.deleteDatabase(databaseName);
});

describe("a passkey", () => {
  it("opens the vault beside the passphrase, also after that was changed, until it is removed", async () => {
    await plugIn();
    await service.createVault(PASSPHRASE);
    await expect(service.unlockWithPasskey()).rejects.toMatchObject({ code: "passkey-unknown" });
    const added = await service.addPasskey(" My laptop ", PASSPHRASE);
    expect(added).toMatchObject({ name: "My laptop" });
    expect(await service.passkeys()).toEqual([added]);
    for (const passphrase of [PASSPHRASE, NEXT]) {
      await service.lock();
      expect(await service.vaultState()).toBe("locked");
      await service.unlockWithPasskey();
      expect(await service.vaultState()).toBe("unlocked");
      await service.lock();
      await service.unlock(passphrase);
      if (passphrase === PASSPHRASE) await service.changePassphrase(PASSPHRASE, NEXT);
    }
    await service.removePasskey(added.id);
    expect(await service.passkeys()).toEqual([]);
    await expect(service.removePasskey(added.id)).rejects.toMatchObject({ code: "passkey-unknown" });
    await service.lock();
    await expect(service.unlockWithPasskey()).rejects.toMatchObject({ code: "passkey-unknown" });
    await service.unlock(NEXT);
  });

  it("S16 opens one tab, which is locked with all others", async () => {
    await plugIn();
    await service.createVault(PASSPHRASE);
    await service.addPasskey("key", PASSPHRASE);
    const other = await open();
    await other.unlockWithPasskey();
    expect(await other.vaultState()).toBe("unlocked");
    await service.lock();
    await expect.poll(() => other.vaultState()).toBe("locked");
    await other.unlockWithPasskey();
    expect(await service.vaultState()).toBe("locked");
  });

  it("S3 is added only by whoever gives the passphrase again, in an open vault that has one", async () => {
    await plugIn();
    await expect(service.addPasskey("key", PASSPHRASE)).rejects.toMatchObject({ code: "no-passphrase" });
    await service.createVault(PASSPHRASE);
    await expect(service.addPasskey("key", NEXT)).rejects.toMatchObject({ code: "wrong-passphrase" });
    await expect(service.addPasskey("", PASSPHRASE)).rejects.toMatchObject({ code: "invalid-request" });
    await service.lock();
    await expect(service.addPasskey("key", PASSPHRASE)).rejects.toMatchObject({ code: "vault-locked" });
    await expect(service.removePasskey("AAAA")).rejects.toMatchObject({ code: "vault-locked" });
    expect(await service.passkeys()).toEqual([]);
  });

  it("is not made twice on one authenticator", async () => {
    await plugIn();
    await service.createVault(PASSPHRASE);
    await service.addPasskey("key", PASSPHRASE);
    await expect(service.addPasskey("again", PASSPHRASE)).rejects.toMatchObject({ code: "passkey-exists" });
    expect(await service.passkeys()).toHaveLength(1);
  });

  it("is of no use from an authenticator without PRF", async () => {
    await plugIn({ hasPrf: false });
    await service.createVault(PASSPHRASE);
    await expect(service.addPasskey("key", PASSPHRASE)).rejects.toMatchObject({
      name: "MfaError",
      code: "passkey-unsupported",
    });
    expect(await service.passkeys()).toEqual([]);
  });

  it("that the person does not give is no failure: the vault stays as it was", async () => {
    const first = await plugIn();
    await service.createVault(PASSPHRASE);
    await service.addPasskey("key", PASSPHRASE);
    await service.lock();
    await session().send("WebAuthn.setUserVerified", { authenticatorId: first, isUserVerified: false });
    await expect(service.unlockWithPasskey()).rejects.toMatchObject({ code: "passkey-dismissed" });
    expect(await service.vaultState()).toBe("locked");
    await service.unlock(PASSPHRASE);
  });
});
