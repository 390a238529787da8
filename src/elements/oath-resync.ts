import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { ConsecutiveCodes, MfaDevice, MfaService, ResyncMfaDeviceRequest } from "../mfa/contract.ts";
import { MfaError } from "../mfa/errors.ts";
import { renderAlert } from "./alert.ts";
import { Announcer } from "./announcer.ts";
import { CodeSequence, type SequenceToken } from "./code-sequence.ts";
import { controlStyles } from "./control-styles.ts";
import { placeOfError } from "./error-place.ts";
import { errorText } from "./error-text.ts";
import { OathCancelEvent, OathDoneEvent, OathResyncedEvent, OathResyncSubmitEvent } from "./events.ts";
import { OathElement } from "./oath-element.ts";
import { driftSentence, renderResynced, renderToken } from "./resync-views.ts";
import { readingStyles } from "./reading-styles.ts";
import { RetryWait } from "./retry-wait.ts";
import { SequenceReading } from "./sequence-reading.ts";
import { themeStyles } from "./theme.ts";
import { renderSubmit, waitingText } from "./waiting.ts";
import { wizardStyles } from "./wizard-styles.ts";

/**
 * Brings a token back in step by consecutive codes: two, or three for a locked token and for a search further away.
 * @fires oath-resynced - {@link OathResyncedEvent}, with the drift before and after
 * @fires oath-resync-submit - {@link OathResyncSubmitEvent}, what was collected, when there is no service
 * @fires oath-cancel - {@link OathCancelEvent}, left without a result
 * @fires oath-done - {@link OathDoneEvent}, the result was read and closed
 * @csspart heading - the heading
 * @csspart token - name and number of the token
 * @csspart alert - a message above the fields
 * @csspart result - the closing view
 */
export class OathResync extends OathElement {
  static override styles = [themeStyles, controlStyles, wizardStyles, readingStyles];

  /** The token to resync. */
  @property({ attribute: false }) device: MfaDevice | undefined;
  /** Its number, where nothing more is known of it. */
  @property({ attribute: "serial-number" }) serialNumber = "";

  @state() private isBusy = false;
  @state() private isWide = false;
  @state() private offersWide = false;
  @state() private topError = "";
  @state() private result: { readonly device: MfaDevice; readonly previousDriftSteps: number } | undefined;

  readonly #announcer = new Announcer(this);
  readonly #codes = new CodeSequence(this, this.#announcer);
  readonly #reading = new SequenceReading(this, this.#announcer, this.#codes);
  readonly #wait = new RetryWait(this, () => this.#announcer.say(this.text.tryAgainNow));
  /** Changes with each Cancel: an answer to an earlier round is no longer wanted. */
  #round = 0;

  /** Goes to the heading. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus(options);
  }

  /** Back to empty fields. */
  reset(): void {
    this.#round += 1;
    this.isBusy = this.isWide = this.offersWide = false;
    this.topError = "";
    this.result = undefined;
    this.#reading.clear();
    this.#codes.clear();
    this.#wait.clear();
  }

  get #serial(): string {
    return this.device?.serialNumber ?? this.serialNumber;
  }

  get #token(): SequenceToken {
    const { digits = 6, periodSeconds = 30, type = "totp" } = this.device ?? {};
    return { digits, periodSeconds, counterBased: type === "hotp" };
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    this.topError = "";
    if (this.#wait.secondsLeft > 0) {
      this.#announcer.say(waitingText(this.#wait, this.text));
      return;
    }
    this.#reading.clear();
    const codes = this.#codes.read();
    if (codes) await this.#resync(codes);
  };

  async #resync(codes: ConsecutiveCodes): Promise<void> {
    const { userName, activeService: service } = this;
    const request: ResyncMfaDeviceRequest = { userName, serialNumber: this.#serial, codes };
    if (!service) {
      this.dispatchEvent(new OathResyncSubmitEvent(request));
      return;
    }
    const round = this.#round;
    this.isBusy = true;
    try {
      const previousDriftSteps = await this.#driftBefore(service);
      const device = await service.resyncMfaDevice(request);
      // A resync that was under way when the person left is a good thing all the same: the page may hear of it.
      if (round === this.#round) await this.#show(device, previousDriftSteps);
      this.dispatchEvent(new OathResyncedEvent(device, previousDriftSteps));
    } catch (error) {
      if (round === this.#round) await this.#fail(error);
    }
  }

  async #driftBefore(service: MfaService): Promise<number> {
    if (this.device) return this.device.driftSteps;
    const devices = await service.listMfaDevices(this.userName);
    return devices.find(({ serialNumber }) => serialNumber === this.serialNumber)?.driftSteps ?? 0;
  }

  async #show(device: MfaDevice, previousDriftSteps: number): Promise<void> {
    this.isBusy = false;
    this.result = { device, previousDriftSteps };
    this.#announcer.say(`${this.text.resynced}. ${driftSentence(device, previousDriftSteps, this.text)}`);
    await this.updateComplete;
    this.focus();
  }

  async #fail(error: unknown): Promise<void> {
    this.isBusy = false;
    this.offersWide = error instanceof MfaError && error.code === "code-not-recognised";
    const message = errorText(error, this.text, { ...this.#token, nowMs: Date.now() });
    await this.updateComplete;
    const place = placeOfError(error);
    if (place === "codes") this.#codes.restart(message);
    else if (place === "second-code") this.#codes.fail(1, message);
    else {
      if (error instanceof MfaError && place === "wait") this.#wait.begin(error.retryAfterMs ?? 0);
      else this.topError = message;
      this.#announcer.alert(message);
    }
  }

  readonly #useThree = async (): Promise<void> => {
    this.isWide = true;
    this.offersWide = false;
    this.#codes.clear();
    await this.updateComplete;
    this.#codes.focus();
  };

  readonly #cancel = (): void => {
    this.reset();
    this.dispatchEvent(new OathCancelEvent());
  };

  readonly #done = (): void => {
    this.reset();
    this.dispatchEvent(new OathDoneEvent());
  };

  get #intro(): string {
    if (this.device?.state === "locked") return this.text.resyncIntroThree;
    return this.isWide ? this.text.resyncIntroWide : this.text.resyncIntro;
  }

  protected override render(): TemplateResult {
    const { text, result } = this;
    const done = html`<div class="actions">
      <button type="button" class="primary" @click=${this.#done}>${text.done}</button>
    </div>`;
    return html`${
      result
        ? html`<div class="stack">
            ${renderResynced(result.device, result.previousDriftSteps, text)} ${done}
          </div>`
        : this.#renderForm()
    }
    ${this.#announcer.render()}`;
  }

  #renderForm(): TemplateResult {
    const { text, isBusy } = this;
    this.#codes.busy = isBusy;
    this.#codes.token = this.#token;
    this.#reading.digits = this.device ? this.#token.digits : null;
    this.#codes.count = this.isWide || this.device?.state === "locked" ? 3 : 2;
    return html`<form novalidate @submit=${this.#submit}>
      ${renderToken(this.device?.deviceName, this.#serial, this.#intro, text)}
      ${renderAlert("error", this.topError)} ${this.#reading.render()} ${this.#codes.render()}
      ${
        this.offersWide
          ? html`<p>
              <button type="button" class="link" @click=${this.#useThree}>${text.useThreeCodes}</button>
            </p>`
          : nothing
      }
      ${renderAlert("warning", waitingText(this.#wait, text))}
      <div class="actions">
        <button type="button" @click=${this.#cancel}>${text.cancel}</button>
        ${renderSubmit({ label: text.resync, busyLabel: text.resyncing, isBusy, isSensitive: true, wait: this.#wait, text })}
      </div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-resync": OathResync;
  }
}
