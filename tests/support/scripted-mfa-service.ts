import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  MfaService,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "../../src/mfa/contract.ts";

interface Answers {
  enableMfaDevice: MfaDevice;
  resyncMfaDevice: MfaDevice;
  deactivateMfaDevice: undefined;
  verifyCode: Verification;
}

type Operation = keyof Answers;

/** A call as it was made. */
export interface RecordedCall {
  readonly operation: Operation;
  readonly request: unknown;
}

/**
 * An `MfaService` that plays a script: each changing call must be the next one expected, and gets the answer written for
 * it (a value, an error, or a promise the test settles). An unexpected call fails the test. Listing is free: it gives
 * `devices`, or rejects with `listError`.
 */
export class ScriptedMfaService implements MfaService {
  devices: readonly MfaDevice[] = [];
  listError: Error | undefined;
  readonly calls: RecordedCall[] = [];
  readonly #script: { readonly operation: Operation; readonly answer: unknown }[] = [];

  expect<Key extends Operation>(operation: Key, answer: Answers[Key] | Promise<Answers[Key]> | Error): this {
    this.#script.push({ operation, answer });
    return this;
  }

  /** Fails when an expected call was not made. */
  assertFinished(): void {
    const left = this.#script.map(({ operation }) => operation);
    if (left.length > 0) throw new Error(`Not called: ${left.join(", ")}`);
  }

  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<MfaDevice> {
    return this.#answer("enableMfaDevice", request);
  }

  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<MfaDevice> {
    return this.#answer("resyncMfaDevice", request);
  }

  async deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<void> {
    await this.#answer("deactivateMfaDevice", request);
    this.devices = this.devices.filter(({ serialNumber }) => serialNumber !== request.serialNumber);
  }

  verifyCode(request: VerifyCodeRequest): Promise<Verification> {
    return this.#answer("verifyCode", request);
  }

  async listMfaDevices(userName: string): Promise<MfaDevice[]> {
    if (this.listError) throw this.listError;
    return this.devices.filter((device) => device.userName === userName);
  }

  async #answer<Key extends Operation>(operation: Key, request: unknown): Promise<Answers[Key]> {
    this.calls.push({ operation, request });
    const next = this.#script.shift();
    if (next?.operation !== operation) {
      throw new Error(`Unexpected call of ${operation}; the script has ${next?.operation ?? "nothing"} here`);
    }
    if (next.answer instanceof Error) throw next.answer;
    return (await next.answer) as Answers[Key];
  }
}

/** A device with the given differences to a plain one. */
export function makeDevice(differences: Partial<MfaDevice> = {}): MfaDevice {
  return {
    userName: "root@example.com",
    deviceName: "Blue-key-fob",
    serialNumber: "OBDT10000017",
    type: "totp",
    enabledAtMs: Date.UTC(2026, 2, 14, 9, 30),
    driftSteps: 0,
    state: "active",
    digits: 6,
    periodSeconds: 30,
    ...differences,
  };
}
