import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { createRef, ref } from "lit/directives/ref.js";
import type { MfaDevice, MfaService, VerifyCodeRequest } from "../mfa/contract.ts";
import { renderAlert } from "./alert.ts";
import { Announcer } from "./announcer.ts";
import { controlStyles } from "./control-styles.ts";
import type { TokenFacts } from "./error-text.ts";
import { OathTroubleEvent, OathVerifiedEvent, OathVerifySubmitEvent } from "./events.ts";
import type { OathCode } from "./oath-code.ts";
import { OathElement } from "./oath-element.ts";
import type { OathResync } from "./oath-resync.ts";
import { readingStyles } from "./reading-styles.ts";
import { RetryWait } from "./retry-wait.ts";
import { SignInAttempt, type SignInHost } from "./sign-in-attempt.ts";
import { themeStyles } from "./theme.ts";
import { TokenReading } from "./token-reading.ts";
import { byLastUse, renderAccepted, renderDeviceChoice, renderUsedCountdown } from "./verify-views.ts";
import { renderSubmit, waitingText } from "./waiting.ts";
import { wizardStyles } from "./wizard-styles.ts";

/**
 * The sign-in challenge: which device, its code, and the way to a resync when the code is refused.
 * @fires oath-verified - {@link OathVerifiedEvent}, the code was accepted
 * @fires oath-verify-submit - {@link OathVerifySubmitEvent}, what was collected, when there is no service
 * @fires oath-trouble - {@link OathTroubleEvent}; unless it is prevented, the resync opens
 * @fires oath-resynced - from the resync inside
 * @csspart heading - the heading
 * @csspart alert - a message above the field
 * @csspart result - the closing view
 */
export class OathVerify extends OathElement implements SignInHost {
  static override styles = [themeStyles, controlStyles, wizardStyles, readingStyles];

  /** The device to begin with; the last used one unless told. */
  @property({ attribute: "serial-number" }) serialNumber = "";

  @state() private devices: readonly MfaDevice[] | undefined;
  @state() private chosen: MfaDevice | undefined;
  @state() private view: "code" | "resync" = "code";

  readonly #announcer = new Announcer(this);
  readonly #wait = new RetryWait(this, () => this.#announcer.say(this.text.tryAgainNow));
  readonly #attempt = new SignInAttempt(this, this.#announcer, this.#wait);
  readonly #reading = new TokenReading(this, this.#announcer);
  readonly #field = createRef<OathCode>();
  readonly #resync = createRef<OathResync>();
  #loadedFrom: MfaService | undefined;

  /** What is known of the chosen token, now. */
  get token(): TokenFacts {
    const { digits = 6, periodSeconds = 30, type = "totp" } = this.chosen ?? {};
    return { digits, periodSeconds, counterBased: type === "hotp", nowMs: Date.now() };
  }

  /** Goes to the code. */
  override focus(options?: FocusOptions): void {
    this.#field.value?.focus(options);
  }

  /** Goes to the code with its digits selected. */
  selectField(): void {
    this.#field.value?.select();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("serialNumber") && this.serialNumber !== "") this.#choose(this.serialNumber);
    if (!changed.has("userName") && this.activeService === this.#loadedFrom) return;
    this.#loadedFrom = this.activeService;
    this.#attempt.restart();
    void this.refresh();
  }

  /** Loads the user's devices anew. */
  async refresh(): Promise<void> {
    const { activeService: service, userName } = this;
    if (!service || userName === "") return;
    try {
      const devices = byLastUse(await service.listMfaDevices(userName));
      if (userName !== this.userName || service !== this.activeService) return;
      this.devices = devices;
      this.#choose(this.chosen?.serialNumber ?? this.serialNumber);
    } catch (error) {
      this.#attempt.fail(error);
    }
  }

  #choose(serialNumber: string | undefined): void {
    this.chosen = this.devices?.find((device) => device.serialNumber === serialNumber) ?? this.devices?.[0];
  }

  readonly #chooseOther = (serialNumber: string): void => {
    this.#choose(serialNumber);
    this.#field.value?.clear();
    this.#attempt.restart();
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#attempt.isBusy) return;
    if (this.#wait.secondsLeft > 0) {
      this.#announcer.say(waitingText(this.#wait, this.text));
      return;
    }
    this.#attempt.clear();
    const code = this.#field.value?.observed;
    if (!code) {
      this.#attempt.failAtField(this.text.codeFormat(this.token.digits));
      return;
    }
    const { userName, chosen } = this;
    await this.#verify(chosen ? { userName, code, serialNumber: chosen.serialNumber } : { userName, code });
  };

  async #verify(request: VerifyCodeRequest): Promise<void> {
    const { activeService: service } = this;
    if (!service) {
      this.dispatchEvent(new OathVerifySubmitEvent(request));
      return;
    }
    const verification = await this.#attempt.verify(service, request);
    if (!verification) return;
    this.#field.value?.clear();
    this.dispatchEvent(new OathVerifiedEvent(verification));
  }

  readonly #trouble = (): void => {
    if (this.dispatchEvent(new OathTroubleEvent(this.chosen))) void this.openResync();
  };

  readonly #openResync = (): Promise<void> => this.openResync();

  /** Goes to the resync: of this device, else of the one whose code was refused, else of the chosen one. */
  async openResync(serialNumber?: string): Promise<void> {
    this.#choose(serialNumber ?? this.#attempt.failedSerialNumber ?? this.chosen?.serialNumber);
    // A lock may be newer than the list: then three codes are asked for at once.
    if (this.chosen && this.#attempt.failedWith === "locked")
      this.chosen = { ...this.chosen, state: "locked" };
    this.#attempt.clear();
    this.view = "resync";
    await this.updateComplete;
    await this.#resync.value?.updateComplete;
    this.#resync.value?.focus();
  }

  readonly #closeResync = async (event: Event): Promise<void> => {
    // A page that listens for "cancel" means the challenge, not this way round it.
    event.stopPropagation();
    this.view = "code";
    this.#attempt.restart();
    await this.refresh();
    await this.updateComplete;
    if (event.type === "oath-done") this.#attempt.inform(this.text.resyncedNowSignIn);
    this.focus();
  };

  protected override render(): TemplateResult {
    return html`${this.#renderView()} ${this.#announcer.render()}`;
  }

  #renderView(): TemplateResult {
    if (this.#attempt.isAccepted) return renderAccepted(this.text);
    return this.view === "resync" ? this.#renderResync() : this.#renderChallenge();
  }

  #renderResync(): TemplateResult {
    return html`<oath-resync
      ${ref(this.#resync)}
      .service=${this.activeService}
      .userName=${this.userName}
      .device=${this.chosen}
      .messages=${this.messages}
      .tokenSource=${this.tokenSource}
      @oath-cancel=${this.#closeResync}
      @oath-done=${this.#closeResync}
    ></oath-resync>`;
  }

  #renderChallenge(): TemplateResult {
    const { text, token } = this;
    const { failedWith, isBusy, notice, topError, fieldError, suggestsResync } = this.#attempt;
    const resync = html`<div>
      <button type="button" @click=${this.#openResync}>${text.resync}</button>
    </div>`;
    const isMendable = failedWith === "out-of-sync" || failedWith === "locked";
    return html`<form novalidate @submit=${this.#submit}>
      <header>
        <h2 part="heading">${text.signInTitle}</h2>
        <p class="muted">${text.signInIntro}</p>
      </header>
      ${renderAlert("error", topError, isMendable ? resync : nothing)} ${renderAlert("success", notice)}
      ${renderAlert("warning", this.devices?.length === 0 ? text.noDevices : "")}
      ${renderDeviceChoice(this.devices ?? [], this.chosen, this.#chooseOther, text)}
      <div class="codes">
        <oath-code
          ${ref(this.#field)}
          required
          .label=${text.mfaCode}
          .digits=${token.digits}
          .busy=${isBusy}
          .reader=${this.#reading.isPossible ? this.#reading : null}
          .tokenSource=${null}
          .error=${fieldError}
          .messages=${this.messages}
          @input=${this.#attempt.edited}
        ></oath-code>
        ${this.#reading.render()}
        ${failedWith === "code-already-used" ? renderUsedCountdown(token, this.#attempt, this.messages) : nothing}
      </div>
      ${renderAlert("warning", waitingText(this.#wait, text))}
      ${renderAlert("warning", suggestsResync ? text.resyncHint : "", resync)}
      <div class="actions">
        <button type="button" class="link" @click=${this.#trouble}>${text.trouble}</button>
        ${renderSubmit({ label: text.signIn, busyLabel: text.working, isBusy, wait: this.#wait, text })}
      </div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-verify": OathVerify;
  }
}
