import { MfaError } from "../mfa/errors.ts";
import type { MfaDevice, MfaService } from "../mfa/contract.ts";
import type { TextStorage } from "./safe-storage.ts";

const KEY = "oath-console.suspended";

/** Tokens that were reported as lost: their codes count for nothing until somebody takes that back. Serial numbers only. */
export class SuspendedTokens {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  get serialNumbers(): readonly string[] {
    try {
      const saved: unknown = JSON.parse(this.#storage.getItem(KEY) ?? "[]");
      return Array.isArray(saved) ? saved.filter((one) => typeof one === "string") : [];
    } catch {
      return [];
    }
  }

  has(serialNumber: string): boolean {
    return this.serialNumbers.includes(serialNumber);
  }

  add(serialNumber: string): void {
    if (this.has(serialNumber)) return;
    this.#storage.setItem(KEY, JSON.stringify([...this.serialNumbers, serialNumber]));
  }

  remove(serialNumber: string): void {
    const left = this.serialNumbers.filter((one) => one !== serialNumber);
    if (left.length === 0) this.clear();
    else this.#storage.setItem(KEY, JSON.stringify(left));
  }

  clear(): void {
    this.#storage.removeItem(KEY);
  }
}

/**
 * The service with suspended tokens out of use: no code of theirs is accepted or resynchronizes, and they are listed as
 * locked, or with `hides` not at all. A removed token is suspended no longer. A site's server would do this itself.
 */
export function withoutSuspended<Service extends MfaService>(
  service: Service,
  suspended: SuspendedTokens,
  { hides = false } = {},
): Service {
  const refuse = (serialNumber: string) => {
    if (!suspended.has(serialNumber)) return;
    throw new MfaError("locked", "That token is suspended.", { details: { serialNumber } });
  };
  const list = async (userName: string): Promise<MfaDevice[]> => {
    const devices = await service.listMfaDevices(userName);
    if (hides) return devices.filter(({ serialNumber }) => !suspended.has(serialNumber));
    return devices.map((one) => (suspended.has(one.serialNumber) ? { ...one, state: "locked" } : one));
  };
  const guarded: MfaService = {
    listMfaDevices: list,
    enableMfaDevice: (request) => service.enableMfaDevice(request),
    resyncMfaDevice: async (request) => {
      refuse(request.serialNumber);
      return service.resyncMfaDevice(request);
    },
    deactivateMfaDevice: async (request) => {
      await service.deactivateMfaDevice(request);
      suspended.remove(request.serialNumber);
    },
    verifyCode: async (request) => {
      if (request.serialNumber !== undefined) refuse(request.serialNumber);
      // Without a serial number any of the user's tokens may have shown it: then none of them may be suspended.
      else
        for (const { serialNumber } of await service.listMfaDevices(request.userName)) refuse(serialNumber);
      return service.verifyCode(request);
    },
  };
  // Everything else is the service's own; its methods need it as `this`.
  return new Proxy(service, {
    get(target, key) {
      if (Object.hasOwn(guarded, key)) return Reflect.get(guarded, key) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
