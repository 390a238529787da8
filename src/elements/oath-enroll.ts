import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { ConsecutiveCodes, MfaDevice } from "../mfa/contract.ts";
import { MfaError } from "../mfa/errors.ts";
import { isDeviceName } from "../mfa/names.ts";
import { renderAlert } from "./alert.ts";
import { Announcer } from "./announcer.ts";
import { CodeSequence, type SequenceToken } from "./code-sequence.ts";
import { controlStyles } from "./control-styles.ts";
import { enroll } from "./enroll-call.ts";
import { enrollStyles } from "./enroll-styles.ts";
import {
  clockSentence,
  renderEnrolled,
  renderNameStep,
  renderStepHeader,
  renderTokenStep,
} from "./enroll-views.ts";
import { placeOfError } from "./error-place.ts";
import { errorText } from "./error-text.ts";
import {
  OathCancelEvent,
  OathDoneEvent,
  OathEnrolledEvent,
  OathEnrollSubmitEvent,
  type OathTokenIdentifierEvent,
} from "./events.ts";
import { OathElement } from "./oath-element.ts";
import { readingStyles } from "./reading-styles.ts";
import { RetryWait } from "./retry-wait.ts";
import { SequenceReading } from "./sequence-reading.ts";
import { SerialField } from "./serial-field.ts";
import { themeStyles } from "./theme.ts";
import type { TokenReadingResult } from "./token-reading.ts";
import { renderSubmit, waitingText } from "./waiting.ts";
import { wizardStyles } from "./wizard-styles.ts";

/**
 * The wizard that assigns a token: a name, then its serial number and two codes in a row. It stores nothing before the
 * last step, and keeps name and serial number through every error.
 * @fires oath-enrolled - {@link OathEnrolledEvent}, the token is assigned
 * @fires oath-enroll-submit - {@link OathEnrollSubmitEvent}, what was collected, when there is no service
 * @fires oath-cancel - {@link OathCancelEvent}, left without a result
 * @fires oath-done - {@link OathDoneEvent}, the result was read and closed
 * @csspart heading - the heading of the step
 * @csspart progress - the list of steps
 * @csspart input - the text fields
 * @csspart alert - a message above the fields
 * @csspart result - the closing view
 */
export class OathEnroll extends OathElement {
  static override styles = [themeStyles, controlStyles, wizardStyles, readingStyles, enrollStyles];

  /** Digits of the tokens that are enrolled here, where the service cannot be asked about a serial number. */
  @property({ type: Number }) digits = 6;
  /** Seconds a code of them is shown, likewise. */
  @property({ type: Number, attribute: "period-seconds" }) periodSeconds = 30;

  @state() private view: "name" | "token" | "enrolled" = "name";
  @state() private phase: "idle" | "calling" | "cancelling" = "idle";
  @state() private deviceName = "";
  @state() private deviceNameError = "";
  @state() private topError = "";
  @state() private device: MfaDevice | undefined;

  readonly #announcer = new Announcer(this);
  readonly #codes = new CodeSequence(this, this.#announcer);
  readonly #serial = new SerialField(this);
  readonly #reading = new SequenceReading(this, this.#announcer, this.#codes, (read) => this.#took(read));
  /** What the codes of the token read last look like. */
  #readToken: SequenceToken | undefined;
  readonly #wait = new RetryWait(this, () => this.#announcer.say(this.text.tryAgainNow));

  /** Goes to the heading of the step. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus(options);
  }

  /** Back to an empty first step. */
  reset(): void {
    this.view = "name";
    this.phase = "idle";
    this.deviceName = this.deviceNameError = this.topError = "";
    this.device = this.#readToken = undefined;
    this.#serial.clear();
    this.#reading.clear();
    this.#codes.clear();
    this.#wait.clear();
  }

  get #token(): SequenceToken {
    const { digits, periodSeconds } = this;
    return this.#serial.found ?? this.#readToken ?? { digits, periodSeconds, counterBased: false };
  }

  async #show(view: "name" | "token" | "enrolled"): Promise<void> {
    this.#reading.clear();
    this.view = view;
    await this.updateComplete;
    this.focus();
  }

  async #failAt(field: "device-name" | "serial-number", message: string): Promise<void> {
    if (field === "device-name") this.deviceNameError = message;
    else this.#serial.fail(message);
    this.view = field === "device-name" ? "name" : "token";
    this.#announcer.alert(message);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>(`#${field}`)?.focus();
  }

  readonly #submitName = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.deviceName = this.deviceName.trim();
    if (isDeviceName(this.deviceName)) await this.#show("token");
    else await this.#failAt("device-name", this.text.deviceNameRule);
  };

  readonly #submitToken = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.phase !== "idle") return;
    this.topError = "";
    if (this.#wait.secondsLeft > 0) {
      this.#announcer.say(waitingText(this.#wait, this.text));
      return;
    }
    this.#reading.clear();
    this.#serial.value = this.#serial.value.trim();
    if (this.#serial.value === "") {
      await this.#failAt("serial-number", this.text.serialMissing);
      return;
    }
    const codes = this.#codes.read();
    if (codes) await this.#enable(codes);
  };

  async #enable(codes: ConsecutiveCodes): Promise<void> {
    const { userName, deviceName, activeService: service } = this;
    const request = { userName, deviceName, serialNumber: this.#serial.value, codes };
    if (!service) {
      this.dispatchEvent(new OathEnrollSubmitEvent(request));
      return;
    }
    this.phase = "calling";
    const outcome = await enroll(service, request, () => this.phase === "cancelling");
    this.phase = "idle";
    if (outcome.kind === "cancelled") this.#leave(new OathCancelEvent());
    else if (outcome.kind === "failed") await this.#fail(outcome.error);
    else await this.#succeed(outcome.device);
  }

  async #succeed(device: MfaDevice): Promise<void> {
    this.device = device;
    this.#announcer.say(`${this.text.tokenAdded}. ${clockSentence(device, this.text)}`);
    await this.#show("enrolled");
    this.dispatchEvent(new OathEnrolledEvent(device));
  }

  async #fail(error: unknown): Promise<void> {
    const message = errorText(error, this.text, { ...this.#token, nowMs: Date.now() });
    // The fields are read-only until the next rendering, and a read-only field selects nothing on some systems.
    await this.updateComplete;
    const place = placeOfError(error);
    if (place === "name") await this.#failAt("device-name", message);
    else if (place === "serial") await this.#failAt("serial-number", message);
    else if (place === "codes") this.#codes.restart(message);
    else if (place === "second-code") this.#codes.fail(1, message);
    else {
      if (place === "wait" && error instanceof MfaError) this.#wait.begin(error.retryAfterMs ?? 0);
      else this.topError = message;
      this.#announcer.alert(message);
    }
  }

  /** A token was read: its number is offered, and the fields take codes of its kind. */
  #took({ credential, codes, serialNumber }: TokenReadingResult): void {
    const { periodSeconds, type } = credential;
    const digits = codes[0]?.code.length ?? this.digits;
    this.#readToken = { digits, periodSeconds, counterBased: type === "hotp" };
    if (serialNumber !== null) this.#serial.offer(serialNumber, this.text.token.serialFrom);
  }

  readonly #typed = (event: OathTokenIdentifierEvent): void => {
    this.#serial.offer(event.serialNumber, this.text.token.serialFrom);
  };

  readonly #cancel = (): void => {
    if (this.phase === "idle") this.#leave(new OathCancelEvent());
    else this.phase = "cancelling";
  };

  readonly #done = (): void => this.#leave(new OathDoneEvent());

  #leave(event: Event): void {
    this.reset();
    this.dispatchEvent(event);
  }

  protected override render(): TemplateResult {
    return html`${this.#renderView()} ${this.#announcer.render()}`;
  }

  #renderView(): TemplateResult {
    const { view, device, text } = this;
    if (view === "enrolled" && device) return renderEnrolled(device, this.#done, text);
    return view === "name" ? this.#renderName() : this.#renderToken();
  }

  #renderName(): TemplateResult {
    const { text } = this;
    const onInput = (value: string) => {
      this.deviceName = value;
      this.deviceNameError = "";
    };
    return html`<form novalidate @submit=${this.#submitName}>
      ${renderStepHeader(1, text)} ${renderAlert("error", this.topError)}
      ${renderNameStep({ value: this.deviceName, error: this.deviceNameError, onInput }, text)}
      <div class="actions">
        <button type="button" @click=${this.#cancel}>${text.cancel}</button>
        <button type="submit" class="primary">${text.next}</button>
      </div>
    </form>`;
  }

  #renderToken(): TemplateResult {
    const { text, phase } = this;
    const isBusy = phase !== "idle";
    this.#codes.busy = isBusy;
    this.#codes.token = this.#token;
    this.#reading.digits = this.#serial.found?.digits ?? null;
    return html`<form novalidate @submit=${this.#submitToken} @oath-token-identifier=${this.#typed}>
      ${renderStepHeader(2, text)} ${renderAlert("error", this.topError)}
      ${renderTokenStep(this.#serial.view(isBusy), this.#reading.render(), this.#codes.render(), text)}
      ${renderAlert("warning", waitingText(this.#wait, text))}
      <div class="actions">
        ${isBusy ? nothing : html`<button type="button" @click=${() => this.#show("name")}>${text.previous}</button>`}
        <button type="button" @click=${this.#cancel}>
          ${phase === "cancelling" ? text.cancelling : text.cancel}
        </button>
        ${renderSubmit({ label: text.addMfa, busyLabel: text.adding, isBusy, isSensitive: true, wait: this.#wait, text })}
      </div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-enroll": OathEnroll;
  }
}
