import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import type { MfaDevice, MfaService } from "../mfa/contract.ts";
import { renderAlert } from "./alert.ts";
import type { Announcer } from "./announcer.ts";
import { errorText } from "./error-text.ts";
import { isolated } from "./isolated.ts";
import type { Messages } from "./messages.ts";

/** The element that shows the question. */
export interface RemovalHost extends ReactiveControllerHost {
  readonly text: Messages;
  readonly activeService: MfaService | undefined;
}

/** Asks before a device is removed, says what follows, and removes it. */
export class DeviceRemoval {
  readonly #host: RemovalHost;
  readonly #announcer: Announcer;
  readonly #onRemoved: (device: MfaDevice) => Promise<void>;
  readonly #dialog = createRef<HTMLDialogElement>();
  #device: MfaDevice | undefined;
  #isLast = false;
  #isBusy = false;
  #error = "";

  constructor(host: RemovalHost, announcer: Announcer, onRemoved: (device: MfaDevice) => Promise<void>) {
    this.#host = host;
    this.#announcer = announcer;
    this.#onRemoved = onRemoved;
  }

  /** Opens the question. `isLast`: no other device protects the account. */
  async ask(device: MfaDevice, isLast: boolean): Promise<void> {
    this.#device = device;
    this.#isLast = isLast;
    this.#error = "";
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
  }

  readonly #remove = async (): Promise<void> => {
    const { activeService: service, text } = this.#host;
    const device = this.#device;
    if (!service || !device || this.#isBusy) return;
    this.#setBusy(true);
    try {
      const { userName, serialNumber } = device;
      await service.deactivateMfaDevice({ userName, serialNumber });
      this.#setBusy(false);
      this.#dialog.value?.close();
      await this.#onRemoved(device);
    } catch (error) {
      this.#setBusy(false);
      this.#error = errorText(error, text, { ...device, nowMs: Date.now() });
      this.#announcer.alert(this.#error);
    }
  };

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    const { text } = this.#host;
    const device = this.#device;
    const close = () => this.#dialog.value?.close();
    return html`<dialog
      ${ref(this.#dialog)}
      part="dialog"
      aria-labelledby="remove-title"
      aria-describedby="remove-text"
    >
      ${
        device
          ? html`<h3 id="remove-title">
                ${isolated(text.removeTitle(device.deviceName), device.deviceName)}
              </h3>
              <div id="remove-text" class="stack">
                <p>${isolated(text.removeText(device.serialNumber), device.serialNumber)}</p>
                ${renderAlert("warning", this.#isLast ? text.removeLast : "")}
              </div>
              ${renderAlert("error", this.#error)}
              <div class="actions">
                <button type="button" autofocus @click=${close}>${text.cancel}</button>
                <button
                  type="button"
                  class="danger"
                  aria-disabled=${String(this.#isBusy)}
                  @click=${this.#remove}
                >
                  ${this.#isBusy ? text.removing : text.remove}
                </button>
              </div>`
          : nothing
      }
    </dialog>`;
  }
}
