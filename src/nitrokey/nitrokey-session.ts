import { BridgeError } from "../core/bridge-error.ts";
import { utf8Bytes, wipe, type Bytes } from "../core/bytes.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";
import { requireOk } from "./command-errors.ts";
import { COMMAND_STATUS, FIELD } from "./commands.ts";
import { slotType } from "./fields.ts";
import { decodeGetCode, encodeGetCode } from "./get-code.ts";
import { decodeGetStatus, encodeGetStatus, type TokenStatus } from "./get-status.ts";
import { cryptoRandom, timerSleep, type NitrokeyCall, type NitrokeyOptions } from "./nitrokey-options.ts";
import { ReportChannel } from "./report-channel.ts";
import { readSlot, SLOT_NUMBERS, type NitrokeySlot } from "./slots.ts";
import { TokenClock } from "./token-clock.ts";
import { Turns } from "./turns.ts";
import { decodeGetPinRetries, encodeGetPinRetries, encodeUserAuthenticate } from "./user-authenticate.ts";

/** First Pro firmware whose GET_CODE takes the temporary password. Source: libnitrokey, stick10_commands_0.8.h. */
const PIN_SINCE_PRO_MINOR = 8;

/** A talk with a Nitrokey Pro, Librem Key or Nitrokey Storage. It owns the connection and closes it. */
export class NitrokeySession {
  readonly #connection: FeatureReportConnection;
  readonly #channel: ReportChannel;
  readonly #clock: TokenClock;
  readonly #options: NitrokeyOptions;
  readonly #turns = new Turns();
  readonly #closing = new AbortController();
  #status: TokenStatus;
  #temporaryPassword: Bytes | null = null;
  #closed: Promise<void> | null = null;

  private constructor(
    connection: FeatureReportConnection,
    channel: ReportChannel,
    status: TokenStatus,
    options: NitrokeyOptions,
  ) {
    this.#connection = connection;
    this.#channel = channel;
    this.#clock = new TokenClock(channel);
    this.#status = status;
    this.#options = options;
  }

  /** Reads the token's status. The connection is closed when that fails. */
  static async open(connection: FeatureReportConnection, options: NitrokeyOptions): Promise<NitrokeySession> {
    const channel = new ReportChannel(connection, options.model, options.sleep ?? timerSleep);
    try {
      const response = await channel.exchange(encodeGetStatus(), options.signal);
      requireOk("telling its status", response);
      return new NitrokeySession(connection, channel, decodeGetStatus(response.result), options);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get deviceName(): string {
    return this.#connection.deviceName;
  }

  /** Firmware and serial number. The Storage tells neither truly. */
  get status(): TokenStatus {
    return this.#status;
  }

  /** True where codes need the user PIN, given or not. */
  get hasPin(): boolean {
    return this.#status.pinForCodes;
  }

  /** True while codes need the user PIN. */
  get locked(): boolean {
    return this.#status.pinForCodes && this.#temporaryPassword === null;
  }

  /** Presents the user PIN. Rejects with `wrong-password`; the card blocks its PIN after three wrong ones in a row. */
  unlock(pin: string, call: NitrokeyCall = {}): Promise<void> {
    return this.#turns.take(() => this.#unlock(pin, call.signal), call.signal);
  }

  /** Tries left for the user PIN. */
  pinRetries(call: NitrokeyCall = {}): Promise<number> {
    return this.#turns.take(() => this.#pinRetries(call.signal), call.signal);
  }

  /** Every programmed slot. */
  slots(call: NitrokeyCall = {}): Promise<NitrokeySlot[]> {
    return this.#turns.take(async () => {
      const slots: NitrokeySlot[] = [];
      for (const number of SLOT_NUMBERS) {
        const slot = await readSlot(this.#channel, this.#options.model, number, call.signal);
        if (slot) slots.push(slot);
      }
      return slots;
    }, call.signal);
  }

  /** The code of a TOTP slot at a time of our choice (a moving factor's is factor × period). */
  async code(slot: number, at: { readonly unixSeconds: number }, call: NitrokeyCall = {}): Promise<string> {
    const [code = ""] = await this.codes(slot, [at.unixSeconds], call);
    return code;
  }

  /**
   * The codes of a TOTP slot at several times. They are asked for in rising order, so that the token's clock mostly goes
   * forward, and given back in the order of `times`. A clock left in another minute than now is set to now afterwards, unless
   * the token refuses that; so is one that was moved more than once.
   */
  async codes(slot: number, times: readonly number[], call: NitrokeyCall = {}): Promise<string[]> {
    if (slotType(slot) !== "totp") throw new RangeError(`${slot} is not a TOTP slot.`);
    const ask = call.onClockRefused ?? this.#options.onClockRefused;
    return this.#turns.take(async () => {
      this.#requireUnlocked();
      const found = new Map<number, string>();
      for (const unixSeconds of times.toSorted((one, other) => one - other)) {
        // Each time anew: the Pro's clock stands still, and another program may have set it meanwhile.
        await this.#clock.set(unixSeconds, ask, [call.signal, this.#closing.signal]);
        found.set(unixSeconds, await this.#getCode(slot, unixSeconds, call.signal));
      }
      await this.#restoreClock(times, call.signal);
      return times.map((time) => found.get(time) ?? "");
    }, call.signal);
  }

  /** The next code of an HOTP slot: the token counts on. */
  async nextCode(slot: number, call: NitrokeyCall = {}): Promise<string> {
    if (slotType(slot) !== "hotp") throw new RangeError(`${slot} is not an HOTP slot.`);
    return this.#turns.take(() => {
      this.#requireUnlocked();
      return this.#getCode(slot, 0, call.signal);
    }, call.signal);
  }

  /** Waits for the exchange under way, then lets the token go. Calling it twice is harmless. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort(new DOMException("The token was closed.", "AbortError"));
    await this.#turns.take(() => Promise.resolve());
    this.#forgetPassword();
    await this.#connection.close();
  }

  async #unlock(pin: string, signal: AbortSignal | undefined): Promise<void> {
    const { firmwareMajor, firmwareMinor } = this.#status;
    if (this.#options.model === "pro" && firmwareMajor === 0 && firmwareMinor < PIN_SINCE_PRO_MINOR) {
      throw new BridgeError(
        "not-supported",
        "This firmware's PIN protection is too old to be used here. Update it.",
      );
    }
    const pinBytes = utf8Bytes(pin);
    if (pinBytes.length === 0 || pinBytes.length > FIELD.PASSWORD) {
      // Not sent: it could only cost a try.
      throw new BridgeError("wrong-password", `A PIN has 1 to ${FIELD.PASSWORD} characters. Type it again.`);
    }
    const password = (this.#options.random ?? cryptoRandom)(FIELD.PASSWORD);
    const request = encodeUserAuthenticate(pinBytes, password);
    try {
      const response = await this.#channel.exchange(request, signal);
      if (response.commandStatus === COMMAND_STATUS.WRONG_PASSWORD) throw await this.#wrongPin(signal);
      requireOk("the PIN", response);
    } finally {
      wipe(pinBytes);
      wipe(request);
    }
    this.#forgetPassword();
    this.#temporaryPassword = password;
  }

  async #wrongPin(signal: AbortSignal | undefined): Promise<BridgeError> {
    const left = await this.#pinRetries(signal).catch(() => null);
    const next =
      left === 0
        ? "It is blocked now: unblock it with the Nitrokey app."
        : `Tries left before it is blocked: ${left ?? "unknown"}.`;
    return new BridgeError("wrong-password", `The token refused the PIN. ${next}`);
  }

  async #pinRetries(signal: AbortSignal | undefined): Promise<number> {
    const response = await this.#channel.exchange(encodeGetPinRetries(), signal);
    requireOk("telling the tries left", response);
    return decodeGetPinRetries(response.result);
  }

  /** Not after every code: the Pro writes each time into its flash memory. */
  async #restoreClock(times: readonly number[], signal: AbortSignal | undefined): Promise<void> {
    if (times.length === 0) return;
    const nowSeconds = Math.floor((this.#options.now ?? Date.now)() / 1000);
    const sameMinute = Math.floor(Math.max(...times) / 60) === Math.floor(nowSeconds / 60);
    if (times.length > 1 || !sameMinute) await this.#clock.restore(nowSeconds, signal);
  }

  async #getCode(slot: number, unixSeconds: number, signal: AbortSignal | undefined): Promise<string> {
    const request = encodeGetCode({
      slot,
      // The Pro ignores the time, the Storage counts with its own clock but is sent it by the maker's library too.
      unixSeconds: this.#options.model === "storage" ? unixSeconds : 0,
      temporaryPassword: this.#temporaryPassword,
    });
    try {
      const response = await this.#channel.exchange(request, signal);
      if (response.commandStatus === COMMAND_STATUS.NOT_AUTHORIZED) this.#demandPin();
      requireOk("a code", response);
      return decodeGetCode(response.result).code;
    } finally {
      wipe(request);
    }
  }

  #requireUnlocked(): void {
    if (this.locked) {
      throw new BridgeError(
        "locked",
        "The token gives out codes only against its user PIN. Type the PIN first.",
      );
    }
  }

  /** The token forgets the temporary password when another program brings its own. */
  #demandPin(): void {
    this.#forgetPassword();
    this.#status = { ...this.#status, pinForCodes: true };
  }

  #forgetPassword(): void {
    if (this.#temporaryPassword) wipe(this.#temporaryPassword);
    this.#temporaryPassword = null;
  }
}
