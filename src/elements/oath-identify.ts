import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { ObservedCode } from "../mfa/contract.ts";
import type { Identification, LocalMfaService } from "../mfa/local-contract.ts";
import { renderAlert } from "./alert.ts";
import { Announcer } from "./announcer.ts";
import { CodeSequence } from "./code-sequence.ts";
import { controlStyles } from "./control-styles.ts";
import { errorText } from "./error-text.ts";
import { type OathCodeEvent, OathIdentifiedEvent } from "./events.ts";
import { IdentifySearch } from "./identify-search.ts";
import { identifyStyles } from "./identify-styles.ts";
import { renderFocusHeading, renderIdentified, renderIdentifyProgress } from "./identify-views.ts";
import {
  englishInventoryMessages,
  type InventoryMessages,
  type InventoryOverrides,
} from "./inventory-messages.ts";
import { OathElement } from "./oath-element.ts";
import { themeStyles } from "./theme.ts";
import { isLocalService } from "./token-lookup.ts";
import { tokenBackStyles } from "./token-back-styles.ts";
import { wizardStyles } from "./wizard-styles.ts";

/**
 * Which token is this? Finds one whose number cannot be read by two codes in a row, in the inventory of a local service. It
 * names a token only when no other fits, and never says how many do.
 * @fires oath-identified - {@link OathIdentifiedEvent}, the person saw that the number matches
 * @csspart heading - the heading
 * @csspart alert - a message above the fields
 * @csspart result - the token found
 */
export class OathIdentify extends OathElement {
  static override styles = [themeStyles, controlStyles, wizardStyles, tokenBackStyles, identifyStyles];

  /** Texts to use in place of the English ones; its own stand in the table `inventory`. */
  declare messages: InventoryOverrides | undefined;

  /** Level of its heading: 2 unless told, 3 in a page's section. */
  @property({ type: Number, attribute: "heading-level" }) headingLevel: 2 | 3 = 2;

  @state() private digits = 6;
  @state() private count: 2 | 3 = 2;
  @state() private problem = "";
  @state() private offersWide = false;
  @state() private found: Identification | null = null;
  /** The seeds were made ready in this round. */
  #isWarm = false;
  /** The codes that found it: who enrols the token next need not type them again. */
  #codesOfFound: readonly ObservedCode[] = [];
  #foundAtMs = 0;

  readonly #announcer = new Announcer(this);
  readonly #codes = new CodeSequence(this, this.#announcer);
  readonly #search = new IdentifySearch(this);

  /** Goes to the heading. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("[part=heading]")?.focus(options);
  }

  /** Back to two empty fields. */
  reset(): void {
    this.#search.stop();
    this.#codes.clear();
    this.count = 2;
    this.problem = "";
    this.offersWide = false;
    this.found = null;
    this.#codesOfFound = [];
    this.#isWarm = false;
  }

  get #words(): InventoryMessages {
    return { ...englishInventoryMessages, ...this.messages?.inventory };
  }

  get #localService(): LocalMfaService | null {
    const service = this.activeService;
    return isLocalService(service) ? service : null;
  }

  readonly #typed = ({ observed }: OathCodeEvent): void => {
    const service = this.#localService;
    // Once for each round: the next code is the search itself.
    if (!service || this.#isWarm || this.#search.progress) return;
    this.#isWarm = true;
    void this.#search.getReady(service, observed);
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const service = this.#localService;
    if (!service || this.#search.progress?.kind === "search") return;
    this.problem = "";
    const codes = this.#codes.read();
    if (codes) await this.#find(service, codes);
  };

  async #find(service: LocalMfaService, codes: readonly ObservedCode[]): Promise<void> {
    const words = this.#words;
    try {
      const outcome = await this.#search.find(service, codes);
      if (!outcome) return;
      if (outcome.kind === "unique") await this.#show(outcome.token, codes);
      else if (outcome.kind === "several") await this.#askMore(codes.length);
      else this.#fail(codes.length > 2 ? words.identifyNoneFar : words.identifyNone, codes.length === 2);
    } catch (error) {
      const facts = { digits: this.digits, periodSeconds: 30, nowMs: Date.now() };
      this.#fail(errorText(error, this.text, facts), false);
    }
  }

  async #show(token: Identification, codes: readonly ObservedCode[]): Promise<void> {
    this.found = token;
    this.#codesOfFound = codes;
    this.#foundAtMs = performance.now();
    this.#announcer.say(`${this.#words.identifyFound}: ${token.serialNumber}`);
    await this.updateComplete;
    this.focus();
  }

  /** Two codes that fit several tokens stay; three are asked for anew. */
  async #askMore(given: number): Promise<void> {
    const words = this.#words;
    if (given > 2) {
      this.#codes.clear();
      this.#fail(words.identifyStillSeveral, false);
      return;
    }
    this.count = 3;
    this.#fail(words.identifySeveral, false);
    await this.updateComplete;
    this.#codes.focus();
  }

  #fail(message: string, offersWide: boolean): void {
    this.problem = message;
    this.offersWide = offersWide;
    this.#announcer.alert(message);
  }

  readonly #widen = async (): Promise<void> => {
    this.count = 3;
    this.problem = "";
    this.offersWide = false;
    this.#codes.clear();
    await this.updateComplete;
    this.#codes.focus();
  };

  readonly #stop = (): void => {
    this.#search.stop();
    this.#announcer.say(this.#words.identifyStopped);
  };

  readonly #confirm = (): void => {
    if (!this.found) return;
    const { serialNumber } = this.found;
    const sinceMs = performance.now() - this.#foundAtMs;
    const codes = this.#codesOfFound.map(({ code, ageMs }) => ({ code, ageMs: ageMs + sinceMs }));
    this.dispatchEvent(new OathIdentifiedEvent(serialNumber, codes));
  };

  readonly #again = async (): Promise<void> => {
    this.reset();
    await this.updateComplete;
    this.#codes.focus();
  };

  protected override render(): TemplateResult {
    if (!this.#localService) return html`<p class="muted">${this.text.notConnected}</p>`;
    return html`${
      this.found
        ? renderIdentified(
            this.found,
            this.#renderHeading(this.#words.identifyFound),
            { onMatch: this.#confirm, onOther: () => void this.#again() },
            this.#words,
          )
        : this.#renderForm()
    }
    ${this.#announcer.render()}`;
  }

  #renderHeading(words: string): TemplateResult {
    return renderFocusHeading(this.headingLevel, words);
  }

  #renderForm(): TemplateResult {
    const words = this.#words;
    const isBusy = this.#search.progress?.kind === "search";
    this.#codes.busy = isBusy;
    this.#codes.count = this.count;
    this.#codes.token = { digits: this.digits, periodSeconds: 30, counterBased: false };
    return html`<form novalidate @submit=${this.#submit} @oath-code=${this.#typed}>
      <header>
        ${this.#renderHeading(words.identifyTitle)}
        <p class="muted">${words.identifyIntro}</p>
      </header>
      ${renderAlert("warning", this.problem)}
      ${
        this.offersWide
          ? html`<p>
              <button type="button" class="link" @click=${this.#widen}>${words.identifyWiden}</button>
            </p>`
          : nothing
      }
      <div class="field digits">
        <label for="digits">${words.identifyDigits}</label>
        <select id="digits" @change=${this.#chooseDigits}>
          ${[6, 7, 8].map(
            (digits) =>
              html`<option .value=${String(digits)} ?selected=${digits === this.digits}>${digits}</option>`,
          )}
        </select>
      </div>
      ${this.#codes.render()} ${renderIdentifyProgress(this.#search.progress, words, this.#stop)}
      <div class="actions">
        <button type="submit" class="primary" aria-disabled=${String(isBusy)}>
          ${isBusy ? words.identifying : words.identifyFind}
        </button>
      </div>
    </form>`;
  }

  readonly #chooseDigits = (event: Event): void => {
    this.digits = Number((event.target as HTMLSelectElement).value);
    this.#codes.clear();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-identify": OathIdentify;
  }
}
