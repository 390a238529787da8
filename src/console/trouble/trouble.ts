import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../../elements/alert.ts";
import { controlStyles } from "../../elements/control-styles.ts";
import { themeStyles } from "../../elements/theme.ts";
import { typesStyles } from "../../elements/types-styles.ts";
import type { MfaDevice } from "../../mfa/contract.ts";
import { ROOT_USER, type DemoUser } from "../demo-account.ts";
import { pageStyles } from "../page-styles.ts";
import { renderChoices } from "./choice.ts";
import { type TroublePath, TroublePathEvent } from "./trouble-events.ts";
import { troubleStyles } from "./trouble-styles.ts";
import { type DisplayLook, type TroubleCause, TROUBLE_TEXTS as TEXTS } from "./trouble-texts.ts";
import { renderAsk, renderSupport, renderWays } from "./trouble-ways.ts";

type View = "what" | "display" | "lost" | "ways" | "ask" | "support";

const CAUSES = ["refused", "display", "lost", "away"] as const;
const LOOKS = ["digits", "blank", "battery", "fault", "moving"] as const;

/** Where *Back* leads; from the first page it leads back to the code. */
const BACK: Readonly<Record<Exclude<View, "what">, View>> = {
  display: "what",
  lost: "what",
  ways: "what",
  ask: "ways",
  support: "ways",
};

/**
 * What to do when the token does not get one in: asks what is wrong, and leads on. Call it up only after the password.
 * @fires console-trouble-path - {@link TroublePathEvent}
 */
@customElement("console-trouble")
export class ConsoleTrouble extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, typesStyles, troubleStyles];

  @property({ attribute: false }) user: DemoUser = ROOT_USER;

  /** The user's devices, those out of use left out. */
  @property({ attribute: false }) devices: readonly MfaDevice[] = [];

  /** The one that makes trouble, as far as it is known; also when it is out of use. */
  @property({ attribute: false }) device: MfaDevice | undefined;

  @state() private view: View = "what";
  @state() private cause: TroubleCause | null = null;
  @state() private look: DisplayLook | null = null;
  @state() private problem = "";
  @state() private wasAsked = false;

  /** Goes to the heading. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  get #isSuspended(): boolean {
    return (
      this.device !== undefined && !this.devices.some((one) => one.serialNumber === this.device?.serialNumber)
    );
  }

  get #serialNumber(): string {
    return this.device?.serialNumber ?? "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // With nothing left but tokens out of use, there is nothing to ask about them.
    if (changed.has("devices") && this.devices.length === 0 && this.view === "what") this.view = "ways";
  }

  protected override render(): TemplateResult {
    if (this.view === "display") return this.#renderDisplay();
    if (this.view === "lost") return this.#renderLost();
    if (this.view === "ways") return this.#renderPage(TEXTS.waysTitle, this.#renderWays());
    if (this.view === "ask") {
      return this.#renderPage(TEXTS.askTitle, renderAsk(this.wasAsked, this.#ask));
    }
    if (this.view === "support") return this.#renderPage(TEXTS.supportTitle, renderSupport(this.user));
    return this.#renderWhat();
  }

  #renderWhat(): TemplateResult {
    const causes = CAUSES.map((value) => ({
      value,
      name: TEXTS.causes[value],
      hint: TEXTS.causes[`${value}Hint`],
    }));
    return html`<h1 tabindex="-1">${TEXTS.title}</h1>
      <div role="alert">${renderAlert("error", this.problem)}</div>
      <form novalidate @submit=${this.#submitCause}>
        ${this.#renderWhich()}
        ${renderChoices(TEXTS.what, "cause", causes, this.cause, (cause) => {
          this.cause = cause;
          this.problem = "";
        })}
        ${this.#renderActions(html`<button class="primary" type="submit">${TEXTS.next}</button>`)}
      </form>`;
  }

  #renderWhich(): TemplateResult | typeof nothing {
    if (this.devices.length < 2) return nothing;
    return html`<div class="field">
      <label for="which">${TEXTS.which}</label>
      <select
        id="which"
        @change=${(event: Event) => {
          const { value } = event.currentTarget as HTMLSelectElement;
          this.device = this.devices.find(({ serialNumber }) => serialNumber === value);
        }}
      >
        ${this.devices.map(
          ({ serialNumber, deviceName }) =>
            html`<option .value=${serialNumber} ?selected=${serialNumber === this.#serialNumber}>
              ${deviceName}
            </option>`,
        )}
      </select>
    </div>`;
  }

  #renderDisplay(): TemplateResult {
    const looks = LOOKS.map((value) => ({ value, name: TEXTS.displays[value] }));
    const { look } = this;
    return this.#renderPage(
      TEXTS.displayTitle,
      html`${renderChoices(TEXTS.displayQuestion, "look", looks, look, (chosen) => (this.look = chosen))}
        <p role="status">${look ? TEXTS.advice[look] : ""}</p>`,
      look === null
        ? nothing
        : html`<button
            class="primary"
            type="button"
            @click=${() => this.#go(look === "digits" ? "resync" : "ways")}
          >
            ${look === "digits" ? TEXTS.toResync : TEXTS.otherWays}
          </button>`,
    );
  }

  #renderLost(): TemplateResult {
    return this.#renderPage(
      TEXTS.lostTitle(this.device?.deviceName ?? ""),
      html`<p>${TEXTS.lostText}</p>
        <p>${TEXTS.stolenText}</p>`,
      html`<button type="button" @click=${() => this.#go("ways")}>${TEXTS.notLost}</button>
        <button class="danger" type="button" @click=${this.#suspend}>${TEXTS.suspend}</button>`,
    );
  }

  #renderWays(): TemplateResult {
    const { device } = this;
    const others = this.devices.filter(({ serialNumber }) => serialNumber !== this.#serialNumber);
    return html`<div role="status">
        ${renderAlert("success", this.#isSuspended && device ? TEXTS.suspended(device.deviceName) : "")}
      </div>
      <p class="muted">${TEXTS.waysLead}</p>
      ${renderWays(this.user, others, {
        useDevice: (serialNumber) => this.#tell({ kind: "code", serialNumber }),
        recover: () => this.#tell({ kind: "recover", serialNumber: this.#serialNumber }),
        ask: () => this.#show("ask"),
        support: () => this.#show("support"),
      })}`;
  }

  #renderPage(
    title: string,
    content: TemplateResult,
    buttons: TemplateResult | typeof nothing = nothing,
  ): TemplateResult {
    return html`<h1 tabindex="-1">${title}</h1>
      ${content} ${this.#renderActions(buttons)}`;
  }

  #renderActions(buttons: TemplateResult | typeof nothing): TemplateResult {
    const isFirst = this.view === "what" || (this.view === "ways" && this.devices.length === 0);
    const back = html`<button type="button" @click=${this.#back}>
      ${isFirst ? TEXTS.backToCode : TEXTS.back}
    </button>`;
    return html`<div class="actions">
      ${isFirst && this.devices.length === 0 ? nothing : back} ${buttons}
    </div>`;
  }

  readonly #submitCause = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.cause === null) {
      this.problem = TEXTS.choose;
      this.renderRoot.querySelector<HTMLElement>("input[name=cause]")?.focus();
    } else if (this.cause === "refused") this.#go("resync");
    else this.#show(this.cause === "away" ? "ways" : this.cause);
  };

  #go(where: "resync" | "ways"): void {
    if (where === "ways") this.#show("ways");
    else this.#tell({ kind: "resync", serialNumber: this.#serialNumber });
  }

  readonly #suspend = (): void => {
    this.#tell({ kind: "suspend", serialNumber: this.#serialNumber });
    this.#show("ways");
  };

  readonly #ask = (): void => {
    this.wasAsked = true;
    this.#tell({ kind: "ask", serialNumber: this.#serialNumber });
  };

  readonly #back = (): void => {
    if (this.view === "what") this.#tell({ kind: "code", serialNumber: null });
    else this.#show(BACK[this.view]);
  };

  #tell(path: TroublePath): void {
    this.dispatchEvent(new TroublePathEvent(path));
  }

  #show(view: View): void {
    this.view = view;
    this.problem = "";
    void this.updateComplete.then(() => this.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "console-trouble": ConsoleTrouble;
  }
}
