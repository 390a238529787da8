import type { ApduConnection } from "../apdu/connection.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { wipe, type Bytes } from "../core/bytes.ts";
import { deriveAccessKeyBytes, importAccessKey, proveKey } from "./access-key.ts";
import { AppletLink, type RandomBytes } from "./applet-link.ts";
import type {
  NewOathCredential,
  OathAbilities,
  OathCredential,
  OathReading,
  OperationOptions,
  PutResult,
} from "./credential.ts";
import type { TokenFamily } from "./dialect.ts";
import { OperationQueue } from "./operation-queue.ts";
import { deleteCredential, putCredential, renameCredential } from "./provisioning.ts";
import { listCredentials, readAll, readCode } from "./reading.ts";
import { notAvailable } from "./refusal.ts";
import { RESET_COMMAND } from "./reset.ts";
import { CLEAR_CODE_COMMAND, encodeSetCode } from "./set-code.ts";

export interface OpenOptions {
  /** Unpredictable bytes, for the challenges of the password. */
  readonly randomBytes: RandomBytes;
  /** What the connection knows of the token; guessed from its answer unless told. */
  readonly hint?: TokenFamily | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A talk with the OATH applet of one token. Operations queue up; each begins by selecting (and unlocking) the applet, for
 * another program may have used the token meanwhile. Besides what each one names, operations reject with `locked`,
 * `status-word`, `malformed-answer`, `unplugged`, `timeout`, `device-in-use`, or the signal's reason.
 */
export class OathAppletSession implements AsyncDisposable {
  readonly #link: AppletLink;
  readonly #queue = new OperationQueue();
  #closed = false;

  private constructor(link: AppletLink) {
    this.#link = link;
  }

  /**
   * Selects the applet. From here on the session owns the connection; when this rejects, the caller still does. Rejects
   * with `no-oath-applet`.
   */
  static async open(connection: ApduConnection, options: OpenOptions): Promise<OathAppletSession> {
    const { randomBytes, hint, signal } = options;
    return new OathAppletSession(await AppletLink.open(connection, randomBytes, hint, signal));
  }

  get family(): TokenFamily {
    return this.#link.dialect.family;
  }

  /** As the applet reports it, such as `6.0.0`; empty where it does not. */
  get version(): string {
    return this.#link.selected.version.join(".");
  }

  /** Changes when the applet is reset; on a Pico the beginning of the serial number, as text. Empty on old CanoKeys. */
  get deviceId(): Bytes {
    return this.#link.selected.deviceId.slice();
  }

  get abilities(): OathAbilities {
    return this.#link.dialect.abilities;
  }

  /** True while the password is needed. */
  get locked(): boolean {
    return this.#link.locked;
  }

  /** True where the token is kept by a password, needed now or given before. */
  get hasPassword(): boolean {
    return this.#link.hasPassword;
  }

  /** Harmless when nothing is locked. Rejects with `wrong-password`. */
  async unlock(password: string, options: OperationOptions = {}): Promise<void> {
    await this.#run(options, async (link) => {
      if (!link.locked) return;
      const key = await importAccessKey(await deriveAccessKeyBytes(password, link.selected.deviceId));
      await link.unlock(key, options.signal);
    });
  }

  /**
   * The token's credentials. With a time, digits and touch marks are there too: the token tells them only together with its
   * codes, which are dropped.
   */
  async list(options: OperationOptions & { readonly unixSeconds?: number } = {}): Promise<OathCredential[]> {
    return this.#runUnlocked(options, async (link) => listCredentials(link, options.unixSeconds, options));
  }

  /** The credentials with their codes at a time, as far as they can be had without a touch and without counting. */
  async calculateAll(unixSeconds: number, options: OperationOptions = {}): Promise<OathReading[]> {
    return this.#runUnlocked(options, async (link) => readAll(link, unixSeconds, options));
  }

  /**
   * The code of one moving factor; HOTP gives the next code, whatever the factor, and has counted when this resolves.
   * Rejects with `touch-required` and `no-credentials`.
   */
  async code(
    credential: OathCredential,
    at: { readonly movingFactor: number },
    options: OperationOptions = {},
  ): Promise<string> {
    return this.#runUnlocked(options, async (link) => readCode(link, credential, at.movingFactor, options));
  }

  /** Writes a credential. Never overwrites: a taken name is a `status-word` 6985. Rejects with `storage-full`. */
  async put(
    credential: NewOathCredential,
    secret: Bytes,
    options: OperationOptions = {},
  ): Promise<PutResult> {
    return this.#runUnlocked(options, async (link) => putCredential(link, credential, secret, options));
  }

  /** Rejects with `no-credentials`. */
  async delete(credential: OathCredential, options: OperationOptions = {}): Promise<void> {
    await this.#runUnlocked(options, async (link) => deleteCredential(link, credential, options));
  }

  /** Gives the credential under its new name; a taken name is a `status-word` 6985. Rejects with `no-credentials`. */
  async rename(
    credential: OathCredential,
    to: { readonly issuer: string; readonly account: string },
    options: OperationOptions = {},
  ): Promise<OathCredential> {
    return this.#runUnlocked(options, async (link) => renameCredential(link, credential, to, options));
  }

  /** Sets or, with null, clears the password. The session stays unlocked. */
  async setPassword(password: string | null, options: OperationOptions = {}): Promise<void> {
    if (password === "") throw new RangeError("A password needs at least one character; null clears it");
    await this.#runUnlocked(options, async (link) => {
      const during = password === null ? "to clear the password" : "to set the password";
      if (!link.dialect.abilities.password) throw notAvailable(during);
      if (password === null) {
        await link.send(CLEAR_CODE_COMMAND, { ...options, during });
        link.keep(null);
        return;
      }
      const keyBytes = await deriveAccessKeyBytes(password, link.selected.deviceId);
      try {
        const key = await importAccessKey(keyBytes.slice());
        const challenge = link.randomChallenge();
        const command = encodeSetCode(keyBytes, challenge, await proveKey(key, challenge));
        await link.send(command, { ...options, during, secret: true });
        // A CanoKey is locked from here on; the next operation unlocks it with this key.
        link.keep(key);
      } finally {
        wipe(keyBytes);
      }
    });
  }

  /** Erases every credential and the password, even a forgotten one. A `status-word` 6D00 where the applet cannot. */
  async reset(options: OperationOptions = {}): Promise<void> {
    await this.#run(options, async (link) => {
      const during = "to erase everything";
      if (!link.dialect.abilities.reset) throw notAvailable(during);
      await link.send(RESET_COMMAND, { ...options, during });
      await link.startOver(options.signal);
    });
  }

  /** Waits for what was asked before, then closes the connection and forgets the key. Calling it twice is harmless. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.run(async () => this.#link.close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #runUnlocked<T>(options: OperationOptions, action: (link: AppletLink) => Promise<T>): Promise<T> {
    return this.#run(options, async (link) => {
      link.requireUnlocked();
      return action(link);
    });
  }

  async #run<T>(options: OperationOptions, action: (link: AppletLink) => Promise<T>): Promise<T> {
    if (this.#closed) throw new BridgeError("unplugged", "The token was let go. Connect it again.");
    return this.#queue.run(async () => {
      await this.#link.refresh(options.signal);
      return action(this.#link);
    }, options.signal);
  }
}
