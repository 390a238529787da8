import type { OtpEngine } from "../otp/engine.ts";
import { VaultError } from "../vault/errors.ts";
import { describeDevice, type MfaContext } from "./context.ts";
import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  MfaService,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "./contract.ts";
import type { ObservedDrift } from "./drift-history.ts";
import { enableDevice, refusal, requireKnownSerial } from "./enrolment.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import { requireUserKey } from "./names.ts";
import { resolvePolicy, type MfaPolicy } from "./policy.ts";
import { resyncDevice } from "./resynchronization.ts";
import { verifySignIn } from "./sign-in.ts";
import type { MfaStore } from "./store.ts";

/**
 * The service itself: the reference's operations over any store, in a worker or on a server. It knows neither Comlink nor
 * IndexedDB; the clock is passed in.
 */
export class MfaVerifier implements MfaService {
  readonly #context: MfaContext;

  constructor(parts: {
    readonly engine: OtpEngine;
    readonly store: MfaStore;
    readonly policy?: Partial<MfaPolicy>;
    /** Unix milliseconds. */
    readonly now: () => number;
  }) {
    this.#context = { ...parts, policy: resolvePolicy(parts.policy) };
  }

  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<MfaDevice> {
    return withMfaErrors(() => enableDevice(this.#context, requireRequest(request)));
  }

  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<MfaDevice> {
    return withMfaErrors(() => resyncDevice(this.#context, requireRequest(request)));
  }

  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<void> {
    return withMfaErrors(async () => {
      const { userName, serialNumber } = requireRequest(request);
      const userKey = requireUserKey(userName);
      const known = await requireKnownSerial(this.#context, serialNumber);
      if (!(await this.#context.store.removeDevice(known, userKey))) throw refusal("not-assigned");
    });
  }

  listMfaDevices(userName: string): Promise<MfaDevice[]> {
    return withMfaErrors(async () => {
      const devices = await this.#context.store.devicesOf(requireUserKey(userName));
      return await Promise.all(devices.map((device) => describeDevice(this.#context, device)));
    });
  }

  verifyCode(request: VerifyCodeRequest): Promise<Verification> {
    return withMfaErrors(() => verifySignIn(this.#context, requireRequest(request)));
  }

  /** The accepted codes kept of a token, for whoever administers the inventory. Rejects with `unknown-serial`. */
  observedDrift(typedSerialNumber: string): Promise<ObservedDrift> {
    return withMfaErrors(async () => {
      const { store } = this.#context;
      const serialNumber = await requireKnownSerial(this.#context, typedSerialNumber);
      const [facts, { token }] = await Promise.all([
        store.findFacts(serialNumber),
        store.status(serialNumber),
      ]);
      if (!facts) throw refusal("not-assigned");
      const { periodSeconds, t0Seconds } = facts;
      return { observations: token.driftHistory ?? [], periodSeconds, t0Seconds };
    });
  }
}

/** Gives the store's faults the service's codes. */
export async function withMfaErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.code === "vault-exists" || error.code === "no-passphrase") {
      throw new MfaInputError(error.code, error.message, { cause: error });
    }
    const { retryAfterMs } = error;
    throw new MfaError(error.code, error.message, {
      cause: error,
      ...(retryAfterMs !== undefined && { details: { retryAfterMs } }),
    });
  }
}

function requireRequest<T extends object>(request: T): T {
  if (typeof request !== "object" || request === null) {
    throw new MfaInputError("invalid-request", "The request is empty.");
  }
  return request;
}
