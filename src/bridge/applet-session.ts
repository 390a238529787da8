import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import type { OathCredential, OperationOptions } from "../oath-applet/credential.ts";
import type { OathAppletSession } from "../oath-applet/oath-applet-session.ts";
import { readCodes } from "./consecutive-codes.ts";
import type {
  CodeOptions,
  Credential,
  NewCredential,
  OathSession,
  ReadCode,
  TokenAbilities,
  TokenInfo,
} from "./contract.ts";

/** The public session over the YKOATH applet. */
export class AppletOathSession implements OathSession {
  readonly info: TokenInfo;
  readonly #session: OathAppletSession;
  /** The applet's own credentials by id: their names are bytes, which the public ones do not carry. */
  readonly #known = new Map<string, OathCredential>();

  constructor(info: TokenInfo, session: OathAppletSession) {
    this.info = session.version === "" ? info : { ...info, firmware: info.firmware ?? session.version };
    this.#session = session;
  }

  get abilities(): TokenAbilities {
    return this.#session.abilities;
  }

  get locked(): boolean {
    return this.#session.locked;
  }

  get hasPassword(): boolean {
    return this.#session.hasPassword;
  }

  unlock(password: string, options: CodeOptions = {}): Promise<void> {
    return this.#session.unlock(password, operation(options));
  }

  async list(options: CodeOptions = {}): Promise<Credential[]> {
    const unixSeconds = Math.floor((options.now ?? Date.now)() / 1000);
    const found = await this.#session.list({ ...operation(options), unixSeconds });
    this.#known.clear();
    return found.map((credential) => this.#publish(credential));
  }

  async code(
    credential: Credential,
    at: { readonly movingFactor: number },
    options: CodeOptions = {},
  ): Promise<string> {
    return await this.#session.code(await this.#find(credential, options), at, operation(options));
  }

  consecutiveCodes(credential: Credential, count: number, options: CodeOptions = {}): Promise<ReadCode[]> {
    const read = (movingFactor: number) => this.code(credential, { movingFactor }, options);
    return readCodes(credential, count, options.now ?? Date.now, read);
  }

  async put(credential: NewCredential, secret: Bytes, options: CodeOptions = {}): Promise<Credential> {
    const { credential: written } = await this.#session.put(credential, secret, operation(options));
    return this.#publish(written);
  }

  async delete(credential: Credential, options: CodeOptions = {}): Promise<void> {
    await this.#session.delete(await this.#find(credential, options), operation(options));
    this.#known.delete(credential.id);
  }

  async rename(
    credential: Credential,
    to: { issuer: string; account: string },
    options: CodeOptions = {},
  ): Promise<void> {
    const renamed = await this.#session.rename(await this.#find(credential, options), to, operation(options));
    this.#known.delete(credential.id);
    this.#publish(renamed);
  }

  setPassword(password: string | null, options: CodeOptions = {}): Promise<void> {
    return this.#session.setPassword(password, operation(options));
  }

  async reset(options: CodeOptions = {}): Promise<void> {
    await this.#session.reset(operation(options));
    this.#known.clear();
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #publish(credential: OathCredential): Credential {
    this.#known.set(credential.id, credential);
    const { name: _, ...rest } = credential;
    return rest;
  }

  async #find(credential: Credential, options: CodeOptions): Promise<OathCredential> {
    if (!this.#known.has(credential.id)) await this.list(options);
    const known = this.#known.get(credential.id);
    if (known) return known;
    throw new BridgeError(
      "no-credentials",
      "This credential is no longer on the token. Read the list again.",
    );
  }
}

function operation({ signal, onTouch }: CodeOptions): OperationOptions {
  return { signal, onTouch };
}
