import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";

/**
 * One polite and one assertive live region for an element. Both are rendered from the start, empty, because a screen
 * reader only hears changes of a region it knows; a new message takes the place of the last.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #polite = "";
  #assertive = "";

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#polite = "";
    this.#assertive = "";
  }

  /** Said when the reader pauses. */
  say(message: string): void {
    this.#polite = distinct(message, this.#polite);
    this.#host.requestUpdate();
  }

  /** Said at once: for failures. */
  alert(message: string): void {
    this.#assertive = distinct(message, this.#assertive);
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    return html`
      <div class="visually-hidden" role="status">${this.#polite}</div>
      <div class="visually-hidden" role="alert">${this.#assertive}</div>
    `;
  }
}

/** The same words twice are no change to a live region: a blank at the end makes them one. */
function distinct(message: string, last: string): string {
  return message !== "" && message === last ? `${message}\u00a0` : message;
}
