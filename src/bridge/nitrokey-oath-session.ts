import { BridgeError } from "../core/bridge-error.ts";
import type { NitrokeyCall } from "../nitrokey/nitrokey-options.ts";
import type { NitrokeySession } from "../nitrokey/nitrokey-session.ts";
import type { NitrokeySlot } from "../nitrokey/slots.ts";
import { movingFactorsUpTo, readCodes, withAges } from "./consecutive-codes.ts";
import type {
  CodeOptions,
  Credential,
  NewCredential,
  OathSession,
  ReadCode,
  TokenAbilities,
  TokenInfo,
} from "./contract.ts";

/** Writing slots needs the admin PIN and is left to the maker's app. */
const READS_ONLY: TokenAbilities = {
  put: false,
  delete: false,
  rename: false,
  password: false,
  reset: false,
};

/** The public session over a Nitrokey's slots. */
export class NitrokeyOathSession implements OathSession {
  readonly info: TokenInfo;
  readonly abilities = READS_ONLY;
  readonly #session: NitrokeySession;

  constructor(info: TokenInfo, session: NitrokeySession) {
    this.info = info;
    this.#session = session;
  }

  get locked(): boolean {
    return this.#session.locked;
  }

  get hasPassword(): boolean {
    return this.#session.hasPin;
  }

  unlock(password: string, options: CodeOptions = {}): Promise<void> {
    return this.#session.unlock(password, call(options));
  }

  async list(options: CodeOptions = {}): Promise<Credential[]> {
    return (await this.#session.slots(call(options))).map(credentialOf);
  }

  code(
    credential: Credential,
    { movingFactor }: { readonly movingFactor: number },
    options: CodeOptions = {},
  ): Promise<string> {
    const slot = slotOf(credential);
    if (credential.type === "hotp") return this.#session.nextCode(slot, call(options));
    return this.#session.code(slot, { unixSeconds: movingFactor * credential.periodSeconds }, call(options));
  }

  async consecutiveCodes(
    credential: Credential,
    count: number,
    options: CodeOptions = {},
  ): Promise<ReadCode[]> {
    const slot = slotOf(credential);
    const { periodSeconds } = credential;
    const now = options.now ?? Date.now;
    if (credential.type === "hotp") {
      return await readCodes(credential, count, now, () => this.#session.nextCode(slot, call(options)));
    }
    const startedMs = now();
    const times = movingFactorsUpTo(startedMs, periodSeconds, count).map((factor) => factor * periodSeconds);
    const codes = await this.#session.codes(slot, times, call(options));
    return withAges(credential, codes, { startedMs, endedMs: now() });
  }

  put(_credential: NewCredential): Promise<Credential> {
    return Promise.reject(notHere());
  }

  delete(): Promise<void> {
    return Promise.reject(notHere());
  }

  rename(): Promise<void> {
    return Promise.reject(notHere());
  }

  setPassword(): Promise<void> {
    return Promise.reject(notHere());
  }

  reset(): Promise<void> {
    return Promise.reject(notHere());
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function credentialOf({ number, type, name, digits, periodSeconds }: NitrokeySlot): Credential {
  const [issuer = "", ...rest] = name.split(":");
  return {
    id: `slot-${number.toString(16)}`,
    issuer: rest.length > 0 ? issuer : "",
    account: rest.length > 0 ? rest.join(":") : name,
    type,
    algorithm: "SHA1",
    digits,
    periodSeconds,
    needsTouch: false,
  };
}

function slotOf({ id }: Credential): number {
  const slot = /^slot-([0-9a-f]{2})$/u.exec(id)?.[1];
  if (slot === undefined) throw new RangeError("This credential is not of this token");
  return Number.parseInt(slot, 16);
}

function call({ signal, onClockRefused }: CodeOptions): NitrokeyCall {
  return { signal, onClockRefused };
}

function notHere(): BridgeError {
  return new BridgeError("not-supported", "A Nitrokey's slots are written in the Nitrokey app, not here.");
}
