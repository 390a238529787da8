/**
 * The one contract for both set-ups, local worker and remote server. The operations are the reference's (IAM's
 * EnableMFADevice, ResyncMFADevice, DeactivateMFADevice, ListMFADevices) plus the sign-in check. Every method rejects with
 * an `MfaError`, or an `MfaInputError` where a name or request is malformed; a failed call changes nothing but the
 * attempt counters.
 */

/** A code as it was typed or read, and how long ago. */
export interface ObservedCode {
  /** As typed; blanks, hyphens and Unicode digits are normalised by the service. */
  readonly code: string;
  /**
   * Milliseconds since it was typed or read, by a monotonic clock. The service clamps it to 0 … 120 000. It corrects the
   * stored drift only; it never makes a code acceptable.
   */
  readonly ageMs: number;
}

/** Consecutive codes: two, or three where the service asks for more proof. */
export type ConsecutiveCodes = readonly [ObservedCode, ObservedCode, ...ObservedCode[]];

/**
 * - `active`: its codes are accepted.
 * - `out-of-sync`: its last code matched only far outside the sign-in window; a resync brings it back.
 * - `locked`: too many failures; see `MfaError` code `locked`.
 */
export type MfaDeviceState = "active" | "out-of-sync" | "locked";

/** A token assigned to a user. */
export interface MfaDevice {
  readonly userName: string;
  readonly deviceName: string;
  readonly serialNumber: string;
  readonly type: "totp" | "hotp";
  /** Unix milliseconds. */
  readonly enabledAtMs: number;
  /** TOTP: the token's time step minus ours, as last measured. */
  readonly driftSteps: number;
  /** When a code of it was last accepted, in Unix milliseconds. */
  readonly lastUsedAtMs?: number;
  readonly state: MfaDeviceState;
  /** Digits of its codes. */
  readonly digits: number;
  /** TOTP: seconds a code is shown. */
  readonly periodSeconds: number;
}

/** Codes of a user that were refused, in whichever operation. */
export interface RefusedCodes {
  readonly failures: number;
  /** How many of them had been used already: somebody else may have seen them. */
  readonly reusedCodes: number;
  /** When the last of them was refused, in Unix milliseconds. */
  readonly lastAtMs: number;
}

/** A code was accepted, and is spent. */
export interface Verification {
  readonly userName: string;
  readonly deviceName: string;
  readonly serialNumber: string;
  /** TOTP: the token's time step minus ours, as measured by this code. */
  readonly driftSteps: number;
  /** Unix milliseconds. */
  readonly verifiedAtMs: number;
  /** What was refused since the user's last sign-in, told once; missing where there was nothing. Tell the user. */
  readonly sinceLastSignIn?: RefusedCodes;
}

export interface EnableMfaDeviceRequest {
  readonly userName: string;
  /** 1–64 of `[\w+=,.@-]`; unique among the user's devices. */
  readonly deviceName: string;
  readonly serialNumber: string;
  readonly codes: ConsecutiveCodes;
}

export interface ResyncMfaDeviceRequest {
  readonly userName: string;
  readonly serialNumber: string;
  /** Three codes search the wide window and reopen a locked device. */
  readonly codes: ConsecutiveCodes;
}

export interface DeactivateMfaDeviceRequest {
  readonly userName: string;
  readonly serialNumber: string;
}

export interface VerifyCodeRequest {
  readonly userName: string;
  readonly code: ObservedCode;
  /** Which of the user's devices; all of them unless told. */
  readonly serialNumber?: string;
}

export interface MfaService {
  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<MfaDevice>;
  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<MfaDevice>;
  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<void>;
  listMfaDevices(userName: string): Promise<MfaDevice[]>;
  verifyCode(request: VerifyCodeRequest): Promise<Verification>;
}
