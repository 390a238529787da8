import { html, nothing, type TemplateResult } from "lit";
import type { Announcer } from "./announcer.ts";
import type { CodeSequence } from "./code-sequence.ts";
import { readFromText } from "./field-reading.ts";
import { successIcon, usbIcon } from "./icons.ts";
import { type ReadingHost, TokenReading, type TokenReadingResult } from "./token-reading.ts";

/** Fills a sequence of codes from a token, all at once, and says where they came from until one is changed. */
export class SequenceReading {
  /** Digits the codes must have; null takes what the token has. */
  digits: number | null = null;
  readonly #host: ReadingHost;
  readonly #announcer: Announcer;
  readonly #codes: CodeSequence;
  readonly #reading: TokenReading;
  readonly #onRead: (result: TokenReadingResult) => void;
  #source = "";

  /** @param onRead told before the fields are filled */
  constructor(
    host: ReadingHost,
    announcer: Announcer,
    codes: CodeSequence,
    onRead: (result: TokenReadingResult) => void = () => {},
  ) {
    this.#host = host;
    this.#announcer = announcer;
    this.#codes = codes;
    this.#reading = new TokenReading(host, announcer);
    this.#onRead = onRead;
    codes.onEdit = () => this.clear();
  }

  /** Stops, and takes away what was said. */
  clear(): void {
    this.#source = "";
    this.#reading.stop();
  }

  readonly #read = async (): Promise<void> => {
    if (this.#reading.isRunning) return;
    this.#source = "";
    const { digits } = this;
    const result = await this.#reading.read({ count: this.#codes.count, digits });
    if (!result) return;
    this.#onRead(result);
    this.#host.requestUpdate();
    // The fields may get other digits first.
    await this.#host.updateComplete;
    // The last field takes Enter for the whole form: two presses are all it needs.
    this.#codes.fill(result.codes);
    this.#source = readFromText(result, this.#host.text);
    this.#announcer.say(this.#source);
    this.#host.requestUpdate();
  };

  render(): TemplateResult | typeof nothing {
    if (!this.#reading.isPossible || this.#codes.busy) return nothing;
    const { token } = this.#host.text;
    const { isRunning } = this.#reading;
    const offer = html`<div class="offer">
      ${usbIcon}
      <p id="read-intro">${token.readIntro}</p>
      <button
        type="button"
        class="read"
        aria-describedby="read-intro"
        aria-disabled=${String(isRunning)}
        @click=${this.#read}
      >
        ${isRunning ? token.readingCode : token.readFromToken}
      </button>
    </div>`;
    return html`<div class="reader">
      ${offer} ${this.#reading.render()}
      ${this.#source ? html`<p class="source">${successIcon} ${this.#source}</p>` : nothing}
    </div>`;
  }
}
