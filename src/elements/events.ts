import type {
  EnableMfaDeviceRequest,
  MfaDevice,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "../mfa/contract.ts";
import type { ImportReport } from "../mfa/local-contract.ts";
import type { Credential, OathToken } from "../bridge/contract.ts";
import { serialNumberOf } from "./typed-token.ts";

/** They leave the shadow tree and bubble: one listener on the page hears them all. */
const OUTWARD: EventInit = { bubbles: true, composed: true };

/** A code field has all its digits. The code is no property: only a listener that asks gets it, and nothing can list it. */
export class OathCodeEvent extends Event {
  readonly #observed: ObservedCode;

  constructor(observed: ObservedCode) {
    super("oath-code", OUTWARD);
    this.#observed = observed;
  }

  /** The code and its age at this moment. */
  get observed(): ObservedCode {
    return this.#observed;
  }
}

/** A key typed its OATH token identifier in front of a code. */
export class OathTokenIdentifierEvent extends Event {
  /** Twelve letters and digits, in lower case. */
  readonly identifier: string;

  constructor(identifier: string) {
    super("oath-token-identifier", OUTWARD);
    this.identifier = identifier;
  }

  /** The serial number in it, where it has one (a YubiKey's), else the identifier as a whole. */
  get serialNumber(): string {
    return serialNumberOf(this.identifier) ?? this.identifier;
  }
}

/** A token was found by its codes, and its number compared. The codes are not spent: they may enrol it next. */
export class OathIdentifiedEvent extends Event {
  /** As the inventory writes it. */
  readonly serialNumber: string;
  readonly #codes: readonly ObservedCode[];

  constructor(serialNumber: string, codes: readonly ObservedCode[]) {
    super("oath-identified", OUTWARD);
    this.serialNumber = serialNumber;
    this.#codes = codes;
  }

  /** The codes it was found by, in the order they were shown, with their ages when the event was sent. */
  get codes(): readonly ObservedCode[] {
    return this.#codes;
  }
}

/** A seed file was imported, perhaps without some of its rows. */
export class OathImportedEvent extends Event {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super("oath-imported", OUTWARD);
    this.report = report;
  }
}

/** An account on a USB token was chosen. */
export class OathCredentialEvent extends Event {
  readonly #token: OathToken;
  readonly #credential: Credential;

  constructor(token: OathToken, credential: Credential) {
    super("oath-credential", OUTWARD);
    this.#token = token;
    this.#credential = credential;
  }

  get token(): OathToken {
    return this.#token;
  }

  get credential(): Credential {
    return this.#credential;
  }
}

/** A token was added to the user's devices. */
export class OathEnrolledEvent extends Event {
  readonly device: MfaDevice;

  constructor(device: MfaDevice) {
    super("oath-enrolled", OUTWARD);
    this.device = device;
  }
}

/** `<oath-enroll>` has no service: this is what it would have asked for. */
export class OathEnrollSubmitEvent extends Event {
  readonly #request: EnableMfaDeviceRequest;

  constructor(request: EnableMfaDeviceRequest) {
    super("oath-enroll-submit", OUTWARD);
    this.#request = request;
  }

  /** What was collected, with the codes. */
  get request(): EnableMfaDeviceRequest {
    return this.#request;
  }
}

/** A token was brought back in step. */
export class OathResyncedEvent extends Event {
  readonly device: MfaDevice;
  /** Its drift before, in time steps. */
  readonly previousDriftSteps: number;

  constructor(device: MfaDevice, previousDriftSteps: number) {
    super("oath-resynced", OUTWARD);
    this.device = device;
    this.previousDriftSteps = previousDriftSteps;
  }
}

/** `<oath-resync>` has no service: this is what it would have asked for. */
export class OathResyncSubmitEvent extends Event {
  readonly #request: ResyncMfaDeviceRequest;

  constructor(request: ResyncMfaDeviceRequest) {
    super("oath-resync-submit", OUTWARD);
    this.#request = request;
  }

  /** What was collected, with the codes. */
  get request(): ResyncMfaDeviceRequest {
    return this.#request;
  }
}

/** A sign-in code was accepted, and is spent. */
export class OathVerifiedEvent extends Event {
  readonly verification: Verification;

  constructor(verification: Verification) {
    super("oath-verified", OUTWARD);
    this.verification = verification;
  }
}

/** `<oath-verify>` has no service: this is what it would have asked for. */
export class OathVerifySubmitEvent extends Event {
  readonly #request: VerifyCodeRequest;

  constructor(request: VerifyCodeRequest) {
    super("oath-verify-submit", OUTWARD);
    this.#request = request;
  }

  /** What was collected, with the code. */
  get request(): VerifyCodeRequest {
    return this.#request;
  }
}

/**
 * Somebody has trouble with their token. `preventDefault` keeps `<oath-verify>` from opening the resync, for a page that asks
 * first what the trouble is.
 */
export class OathTroubleEvent extends Event {
  /** The device that was chosen, if the user has any. */
  readonly device: MfaDevice | undefined;

  constructor(device: MfaDevice | undefined) {
    super("oath-trouble", { ...OUTWARD, cancelable: true });
    this.device = device;
  }
}

/** A token was taken off the user's devices. */
export class OathRemovedEvent extends Event {
  readonly serialNumber: string;
  readonly deviceName: string;

  constructor(serialNumber: string, deviceName: string) {
    super("oath-removed", OUTWARD);
    this.serialNumber = serialNumber;
    this.deviceName = deviceName;
  }
}

/** A wizard was left without a result: nothing was stored. */
export class OathCancelEvent extends Event {
  constructor() {
    super("oath-cancel", OUTWARD);
  }
}

/** The person has read the result of a wizard and closed it. */
export class OathDoneEvent extends Event {
  constructor() {
    super("oath-done", OUTWARD);
  }
}

declare global {
  interface HTMLElementEventMap {
    "oath-code": OathCodeEvent;
    "oath-credential": OathCredentialEvent;
    "oath-identified": OathIdentifiedEvent;
    "oath-imported": OathImportedEvent;
    "oath-token-identifier": OathTokenIdentifierEvent;
    "oath-enrolled": OathEnrolledEvent;
    "oath-enroll-submit": OathEnrollSubmitEvent;
    "oath-resynced": OathResyncedEvent;
    "oath-resync-submit": OathResyncSubmitEvent;
    "oath-verified": OathVerifiedEvent;
    "oath-verify-submit": OathVerifySubmitEvent;
    "oath-trouble": OathTroubleEvent;
    "oath-removed": OathRemovedEvent;
    "oath-cancel": OathCancelEvent;
    "oath-done": OathDoneEvent;
  }
}
