import { raceWithSignal } from "../core/abort.ts";
import { ClockRefusedError, requireOk } from "./command-errors.ts";
import { COMMAND_STATUS } from "./commands.ts";
import type { ReportChannel } from "./report-channel.ts";
import { encodeSetTime } from "./set-time.ts";

/** Why the person is asked. */
export interface ClockRefusal {
  /** The time the token shall be set to. */
  readonly unixSeconds: number;
  /** True when the later time the token keeps was set, and accepted, in this very session. */
  readonly setByThisSession: boolean;
}

/** Asks the person whether the token's clock may be set against its will. */
export type ClockDialogue = (refusal: ClockRefusal) => Promise<boolean>;

/**
 * Sets the time a token counts with. The token refuses to go back by a minute or more, for that would give out old codes
 * again: the clock is then forced only after the person agreed, once for the whole session.
 */
export class TokenClock {
  readonly #channel: ReportChannel;
  #agreed = false;
  #lastAccepted: number | null = null;

  constructor(channel: ReportChannel) {
    this.#channel = channel;
  }

  /** Rejects with {@link ClockRefusedError} when the token refuses and nobody agrees. */
  async set(
    unixSeconds: number,
    ask: ClockDialogue | undefined,
    signals: readonly (AbortSignal | undefined)[],
  ): Promise<void> {
    const [signal, closing] = signals;
    if (await this.#setSoftly(unixSeconds, signal)) return;
    if (!this.#agreed) {
      const setByThisSession = this.#lastAccepted !== null && this.#lastAccepted >= unixSeconds;
      const answer = ask?.({ unixSeconds, setByThisSession }) ?? Promise.resolve(false);
      this.#agreed = await raceWithSignal(raceWithSignal(answer, signal), closing);
    }
    if (!this.#agreed) throw new ClockRefusedError();
    await this.#force(unixSeconds, signal);
  }

  /** Sets the clock without asking. False when the token refused and nobody has agreed to force it: it stays as it is. */
  async restore(unixSeconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (await this.#setSoftly(unixSeconds, signal)) return true;
    if (this.#agreed) await this.#force(unixSeconds, signal);
    return this.#agreed;
  }

  async #setSoftly(unixSeconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    const response = await this.#channel.exchange(encodeSetTime({ unixSeconds, force: false }), signal);
    if (response.commandStatus === COMMAND_STATUS.TIMESTAMP_WARNING) return false;
    requireOk("setting its clock", response);
    this.#lastAccepted = unixSeconds;
    return true;
  }

  async #force(unixSeconds: number, signal: AbortSignal | undefined): Promise<void> {
    requireOk(
      "setting its clock",
      await this.#channel.exchange(encodeSetTime({ unixSeconds, force: true }), signal),
    );
    this.#lastAccepted = unixSeconds;
  }
}
