import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Announcer } from "./announcer.ts";
import type { Messages } from "./messages.ts";
import { copyForAWhile } from "./short-lived-copy.ts";

const SHOWN_MS = 2000;

/** Copies a text and says so, for two seconds, on the button that did it. */
export class CopyFeedback implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly text: Messages };
  readonly #announcer: Announcer;
  #copied: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & { readonly text: Messages }, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#copied = null;
  }

  /** The words on the button `key`. */
  label(key: string): string {
    const { token } = this.#host.text;
    return this.#copied === key ? token.copied : token.copy;
  }

  async copy(key: string, content: string, said: string): Promise<void> {
    try {
      await copyForAWhile(content);
    } catch {
      this.#announcer.alert(this.#host.text.token.copyFailed);
      return;
    }
    this.#announcer.say(said);
    clearTimeout(this.#timer);
    this.#copied = key;
    this.#host.requestUpdate();
    this.#timer = setTimeout(() => {
      this.#copied = null;
      this.#host.requestUpdate();
    }, SHOWN_MS);
  }
}
