import { html, nothing, type ReactiveController, type TemplateResult } from "lit";
import { bridgeErrorText } from "./bridge-error-text.ts";
import type { CodeReader, CodeReading } from "./code-reader.ts";
import { deviceWords } from "./device-text.ts";
import type { MessageOverrides, Messages } from "./messages.ts";
import type { ReadingPanel } from "./reading-panel.ts";
import { TokenSourceAccess, type TokenSourceHost } from "./token-source-access.ts";

/** The field that is read into. */
export interface FieldReadingHost extends TokenSourceHost {
  readonly text: Messages;
  readonly messages: MessageOverrides | undefined;
  readonly reader: CodeReader | null;
  readonly digits: number;
  /** False while nothing may be written into the field. */
  readonly isWritable: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * The button *Read from token* of a code field. The field stays open for typing while a token is read. Where the field is
 * given no reader, it has a panel of its own, which is loaded at the first press.
 */
export class FieldReading implements ReactiveController {
  readonly #host: FieldReadingHost;
  readonly #onRead: (reading: CodeReading) => void;
  readonly #tokens: TokenSourceAccess;
  #work: AbortController | null = null;
  #hasPanel = false;
  /** Why the last reading failed; empty otherwise. */
  problem = "";

  constructor(host: FieldReadingHost, onRead: (reading: CodeReading) => void) {
    this.#host = host;
    this.#onRead = onRead;
    this.#tokens = new TokenSourceAccess(host, { isLazy: true });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Gives a reading under way up, as when the person types after all. */
  stop(): void {
    this.#work?.abort();
    this.#work = null;
    this.problem = "";
    this.#panel?.stop();
    this.#host.requestUpdate();
  }

  get #panel(): ReadingPanel | null {
    if (!this.#hasPanel) return null;
    return this.#host.renderRoot.querySelector<ReadingPanel>("oath-reading-panel");
  }

  readonly #start = async (): Promise<void> => {
    const { digits, text } = this.#host;
    if (this.#work || !this.#host.isWritable) return;
    this.stop();
    const work = new AbortController();
    const { signal } = work;
    this.#work = work;
    try {
      const reader = this.#host.reader ?? (await this.#openPanel());
      const reading = signal.aborted ? null : await reader?.read({ digits, signal });
      if (reading && !signal.aborted && this.#host.isWritable) this.#onRead(reading);
    } catch (error) {
      if (!signal.aborted) this.problem = bridgeErrorText(error, text);
    } finally {
      if (this.#work === work) this.#work = null;
      this.#host.requestUpdate();
    }
  };

  async #openPanel(): Promise<CodeReader | null> {
    const host = this.#host;
    host.requestUpdate();
    const [{ defineReadingPanel }, source] = await Promise.all([
      import("./reading-panel.ts"),
      this.#tokens.load(),
    ]);
    if (!source) {
      this.problem = host.text.token.noReader;
      return null;
    }
    defineReadingPanel();
    this.#hasPanel = true;
    host.requestUpdate();
    await host.updateComplete;
    const panel = this.#panel;
    return panel && { read: (wanted) => this.#readWith(panel, wanted) };
  }

  async #readWith(
    panel: ReadingPanel,
    wanted: Parameters<CodeReader["read"]>[0],
  ): Promise<CodeReading | null> {
    const reading = await panel.read(wanted);
    await panel.updateComplete;
    // What had the focus went away with the question.
    if (!reading && document.activeElement === document.body) this.#button?.focus();
    return reading;
  }

  get #button(): HTMLElement | null {
    return this.#host.renderRoot.querySelector("button.read");
  }

  render(): TemplateResult | typeof nothing {
    const { reader, text } = this.#host;
    if (!reader && !this.#tokens.isPromising) return nothing;
    const isBusy = this.#work !== null;
    return html`<button
      type="button"
      class="read"
      part="read"
      aria-disabled=${String(isBusy || !this.#host.isWritable)}
      @click=${this.#start}
    >
      ${isBusy ? text.token.readingCode : text.token.readFromToken}
    </button>`;
  }

  /** The panel of a field without a reader, once it was needed. */
  renderPanel(): TemplateResult | typeof nothing {
    if (!this.#hasPanel || this.#host.reader) return nothing;
    return html`<oath-reading-panel
      .tokenSource=${this.#tokens.current ?? null}
      .messages=${this.#host.messages}
    ></oath-reading-panel>`;
  }
}

/** Where codes came from, in words. */
export function readFromText({ from }: CodeReading, text: Messages): string {
  return text.token.readFrom(deviceWords(from.token), deviceWords(from.account));
}
