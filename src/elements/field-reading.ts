import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { bridgeErrorText } from "./bridge-error-text.ts";
import type { CodeReader, CodeReading } from "./code-reader.ts";
import { deviceWords } from "./device-text.ts";
import type { Messages } from "./messages.ts";

/** The field that is read into. */
export interface FieldReadingHost extends ReactiveControllerHost {
  readonly text: Messages;
  readonly reader: CodeReader | null;
  readonly digits: number;
}

/** The button *Read from token* of a code field. The field stays open for typing while a token is read. */
export class FieldReading implements ReactiveController {
  readonly #host: FieldReadingHost;
  readonly #onRead: (reading: CodeReading) => void;
  #work: AbortController | null = null;
  /** Why the last reading failed; empty otherwise. */
  problem = "";

  constructor(host: FieldReadingHost, onRead: (reading: CodeReading) => void) {
    this.#host = host;
    this.#onRead = onRead;
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
    this.#host.requestUpdate();
  }

  readonly #start = async (): Promise<void> => {
    const { reader, digits, text } = this.#host;
    if (!reader || this.#work) return;
    this.stop();
    const work = new AbortController();
    this.#work = work;
    try {
      const reading = await reader.read({ digits, signal: work.signal });
      if (reading && !work.signal.aborted) this.#onRead(reading);
    } catch (error) {
      if (!work.signal.aborted) this.problem = bridgeErrorText(error, text);
    } finally {
      if (this.#work === work) this.#work = null;
      this.#host.requestUpdate();
    }
  };

  render(): TemplateResult | typeof nothing {
    const { reader, text } = this.#host;
    if (!reader) return nothing;
    const isBusy = this.#work !== null;
    return html`<button
      type="button"
      class="read"
      part="read"
      aria-disabled=${String(isBusy)}
      @click=${this.#start}
    >
      ${isBusy ? text.token.readingCode : text.token.readFromToken}
    </button>`;
  }
}

/** Where codes came from, in words. */
export function readFromText({ from }: CodeReading, text: Messages): string {
  return text.token.readFrom(deviceWords(from.token), deviceWords(from.account));
}
