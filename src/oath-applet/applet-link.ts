import type { ApduConnection, TransmitOptions } from "../apdu/connection.ts";
import { encodeCommand, type CommandApdu } from "../apdu/command.ts";
import { parseResponse, type ResponseApdu } from "../apdu/response.ts";
import { SW } from "../apdu/status-words.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { wipe, type Bytes } from "../core/bytes.ts";
import { formatHex } from "../core/text-forms.ts";
import { checkProof, proveKey } from "./access-key.ts";
import { MOVING_FACTOR_BYTES } from "./challenge.ts";
import type { OperationOptions } from "./credential.ts";
import { chooseDialect, type OathDialect, type TokenFamily } from "./dialect.ts";
import { collectPages } from "./paging.ts";
import { refusal, touchRequired, type RefusalContext } from "./refusal.ts";
import { decodeSelect, SELECT_COMMAND, type SelectAnswer } from "./select.ts";
import { encodeNextPage } from "./send-remaining.ts";
import { decodeValidate, encodeValidate } from "./validate.ts";

/** Source of unpredictable bytes. */
export type RandomBytes = (length: number) => Bytes;

/** How one command is sent, and what its refusal means. */
export interface SendOptions
  extends OperationOptions, Omit<RefusalContext, "waitedForTouch" | "mayBeLocked"> {
  /** The command calculates, so the token may wait for a touch. */
  readonly mayTouch?: boolean;
  /** It is known that the token will want a touch. */
  readonly needsTouch?: boolean;
  /** The command's data is a secret: wipe it, and the bytes sent. */
  readonly secret?: boolean;
}

/** A CanoKey waits 30 s for a touch, and then has to say so. */
const TOUCH_TIMEOUT_MS = 35_000;

/** What SELECT, or another applet, answers where there is no OATH applet. */
const NO_APPLET: readonly number[] = [SW.NOT_FOUND, SW.INS_NOT_SUPPORTED, SW.CLA_NOT_SUPPORTED];

/** What VALIDATE answers to a wrong password, from maker to maker. */
const WRONG_PASSWORD: readonly number[] = [
  SW.NO_SUCH_OBJECT,
  SW.WRONG_DATA,
  SW.SECURITY_STATUS_NOT_SATISFIED,
  SW.VERIFICATION_FAILED,
];

/** The applet at the other end of a connection: selecting, unlocking, sending and paging, in the dialect it speaks. */
export class AppletLink {
  readonly #connection: ApduConnection;
  readonly #randomBytes: RandomBytes;
  readonly dialect: OathDialect;
  #selected: SelectAnswer;
  #accessKey: CryptoKey | null = null;

  private constructor(
    connection: ApduConnection,
    randomBytes: RandomBytes,
    selected: SelectAnswer,
    hint: TokenFamily | undefined,
  ) {
    this.#connection = connection;
    this.#randomBytes = randomBytes;
    this.#selected = selected;
    this.dialect = chooseDialect(selected, hint);
  }

  /** Selects the applet. Rejects with `no-oath-applet`, or as the connection does. */
  static async open(
    connection: ApduConnection,
    randomBytes: RandomBytes,
    hint: TokenFamily | undefined,
    signal: AbortSignal | undefined,
  ): Promise<AppletLink> {
    return new AppletLink(connection, randomBytes, await select(connection, signal), hint);
  }

  get selected(): SelectAnswer {
    return this.#selected;
  }

  /** True while the password is needed. */
  get locked(): boolean {
    return this.#selected.challenge !== null && this.#accessKey === null;
  }

  /** True where the token is kept by a password, needed now or given before. */
  get hasPassword(): boolean {
    return this.#selected.challenge !== null || this.#accessKey !== null;
  }

  /**
   * Selects the applet again, and unlocks it again: another program may have used the token since, and even a CanoKey keeps
   * others out for two seconds only. Rejects with `unplugged` when it is not the applet it was.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    const selected = await select(this.#connection, signal);
    if (formatHex(selected.deviceId) !== formatHex(this.#selected.deviceId)) {
      throw new BridgeError(
        "unplugged",
        "This is another token than before, or it was erased meanwhile. Connect it again.",
      );
    }
    this.#selected = selected;
    if (selected.challenge === null || this.#accessKey === null) return;
    try {
      await this.unlock(this.#accessKey, signal);
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== "wrong-password") throw error;
      // Another program changed the password: locked again.
      this.#accessKey = null;
    }
  }

  /** Selects the applet after a reset, when everything about it is new. */
  async startOver(signal?: AbortSignal): Promise<void> {
    this.#accessKey = null;
    this.#selected = await select(this.#connection, signal);
  }

  /** Throws `locked` while the password is needed. */
  requireUnlocked(): void {
    if (this.locked) throw new BridgeError("locked", "The token is locked. Enter its password first.");
  }

  /**
   * Proves the key to the token, has the token prove it to us, and keeps it. Needs a challenge, so SELECT goes before.
   * Rejects with `wrong-password`, or `malformed-answer` when the token does not know the password itself.
   */
  async unlock(accessKey: CryptoKey, signal?: AbortSignal): Promise<void> {
    const { challenge } = this.#selected;
    if (challenge === null) return;
    const ourChallenge = this.randomChallenge();
    const command = encodeValidate(await proveKey(accessKey, challenge), ourChallenge);
    const { data, sw } = await exchange(this.#connection, command, { signal });
    if (WRONG_PASSWORD.includes(sw)) {
      const cause = refusal(sw, { during: "the password" });
      throw new BridgeError("wrong-password", "The token refused the password. Try again.", { cause });
    }
    if (sw !== SW.OK) throw refusal(sw, { during: "the password" });
    if (!(await checkProof(accessKey, ourChallenge, decodeValidate(data)))) {
      throw new BridgeError(
        "malformed-answer",
        "The token could not prove that it knows the password. Do not use it before you know why.",
      );
    }
    this.#accessKey = accessKey;
  }

  /** Takes a key the token has just been given, or forgets it. */
  keep(accessKey: CryptoKey | null): void {
    this.#accessKey = accessKey;
    // Without a password there is nothing to prove any more.
    if (accessKey === null) this.#selected = { ...this.#selected, challenge: null };
  }

  randomChallenge(): Bytes {
    return this.#randomBytes(MOVING_FACTOR_BYTES);
  }

  /** Sends one command and collects its whole answer. Rejects with what {@link refusal} makes of the status word. */
  async send(command: CommandApdu, options: SendOptions): Promise<Bytes> {
    const { signal, onTouch, mayTouch = false, needsTouch = false, secret = false } = options;
    let waited = false;
    const onWaiting = () => {
      waited = true;
      onTouch?.();
    };
    const touch = mayTouch ? { onWaiting, timeoutMs: TOUCH_TIMEOUT_MS } : {};
    try {
      const first = await exchange(this.#connection, command, { signal, ...touch }, secret);
      const { data, sw } = await collectPages(first, this.dialect.paging, async (how) =>
        exchange(this.#connection, encodeNextPage(this.dialect, how), { signal }),
      );
      if (sw === SW.OK) return data;
      const mayBeLocked = this.#selected.hasPin || this.dialect.family === "trussed";
      throw refusal(sw, { ...options, waitedForTouch: waited || (mayTouch && needsTouch), mayBeLocked });
    } catch (error) {
      const timedOut = error instanceof BridgeError && error.code === "timeout";
      throw timedOut && waited ? touchRequired(error) : error;
    } finally {
      if (secret && command.data) wipe(command.data);
    }
  }

  /** Closes the connection and forgets the key. */
  async close(): Promise<void> {
    this.#accessKey = null;
    await this.#connection.close();
  }
}

async function select(connection: ApduConnection, signal?: AbortSignal): Promise<SelectAnswer> {
  const { data, sw } = await exchange(connection, SELECT_COMMAND, { signal });
  const context = { during: "the selection of its OATH application" };
  if (NO_APPLET.includes(sw)) {
    throw new BridgeError(
      "no-oath-applet",
      "The token has no application for one-time codes, or it is switched off in the maker's program.",
      { cause: refusal(sw, context) },
    );
  }
  if (sw !== SW.OK) throw refusal(sw, context);
  return decodeSelect(data);
}

/** One command and its answer. The bytes of a secret command are wiped once they are sent. */
async function exchange(
  connection: ApduConnection,
  command: CommandApdu,
  options: TransmitOptions,
  secret = false,
): Promise<ResponseApdu> {
  const bytes = encodeCommand(command);
  try {
    return parseResponse(await connection.transmit(bytes, options));
  } finally {
    if (secret) wipe(bytes);
  }
}
