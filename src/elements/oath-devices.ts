import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { MfaDevice, MfaService } from "../mfa/contract.ts";
import { renderAlert } from "./alert.ts";
import { Announcer } from "./announcer.ts";
import { controlStyles } from "./control-styles.ts";
import { DeviceRemoval } from "./device-removal.ts";
import { DeviceWatch } from "./device-watch.ts";
import { deviceTableStyles } from "./device-table-styles.ts";
import { devicesStyles } from "./devices-styles.ts";
import { renderDeviceTable, renderEmpty } from "./devices-views.ts";
import { errorText } from "./error-text.ts";
import { type OathEnrolledEvent, OathRemovedEvent } from "./events.ts";
import { OathElement } from "./oath-element.ts";
import { themeStyles } from "./theme.ts";

/**
 * The MFA section of an account: its devices, and the ways to assign, resync and remove one.
 * @fires oath-enrolled - from the wizard inside
 * @fires oath-resynced - from the resync inside
 * @fires oath-removed - {@link OathRemovedEvent}, a device was removed
 * @csspart section - the card
 * @csspart heading - its heading
 * @csspart table - the list
 * @csspart empty - what stands there while there is no device
 * @csspart dialog - the question before a removal
 * @csspart alert - a message above the list
 */
export class OathDevices extends OathElement {
  static override styles = [themeStyles, controlStyles, devicesStyles, deviceTableStyles];

  @state() private devices: readonly MfaDevice[] | undefined;
  @state() private selected: string | undefined;
  @state() private panel: "enroll" | "resync" | null = null;
  @state() private problem = "";

  readonly #announcer = new Announcer(this);
  readonly #removal = new DeviceRemoval(this, this.#announcer, (device) => this.#removed(device));
  #loadedFrom: MfaService | undefined;

  constructor() {
    super();
    // What another tab changed is shown at once: a device removed there works here no longer.
    void new DeviceWatch(this, () => void this.refresh());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisibility);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("userName") && this.activeService === this.#loadedFrom) return;
    this.#loadedFrom = this.activeService;
    this.devices = undefined;
    this.panel = null;
    void this.refresh();
  }

  /** Loads the devices anew, for when they were changed elsewhere. */
  async refresh(): Promise<void> {
    const { activeService: service, userName } = this;
    if (!service || userName === "") return;
    try {
      const devices = await service.listMfaDevices(userName);
      if (service !== this.activeService || userName !== this.userName) return;
      this.devices = devices;
      this.problem = "";
      // With one device there is nothing to choose.
      const only = devices.length === 1 ? devices[0]?.serialNumber : undefined;
      this.selected = this.#selectedDevice?.serialNumber ?? only;
    } catch (error) {
      this.#fail(errorText(error, this.text, { digits: 6, periodSeconds: 30, nowMs: Date.now() }));
    }
  }

  /** Coming back to the page, the list shows what another tab has changed. */
  readonly #onVisibility = (): void => {
    if (document.visibilityState === "visible") void this.refresh();
  };

  get #selectedDevice(): MfaDevice | undefined {
    return this.devices?.find(({ serialNumber }) => serialNumber === this.selected);
  }

  readonly #select = (serialNumber: string): void => {
    this.selected = serialNumber;
    this.problem = "";
  };

  #fail(message: string): void {
    this.problem = message;
    this.#announcer.alert(message);
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** The chosen device; where there is none, says so and goes to the list. */
  #requireSelected(): MfaDevice | undefined {
    const device = this.#selectedDevice;
    if (!device) {
      this.#fail(this.text.chooseFirst);
      this.#focus("input[type=radio]");
    }
    return device;
  }

  async #open(panel: "enroll" | "resync"): Promise<void> {
    if (panel === "resync" && !this.#requireSelected()) return;
    this.problem = "";
    this.panel = panel;
    await this.updateComplete;
    const opened = this.renderRoot.querySelector(panel === "enroll" ? "oath-enroll" : "oath-resync");
    await opened?.updateComplete;
    opened?.focus();
  }

  readonly #close = async (event: Event): Promise<void> => {
    // The wizard inside has ended, not this section.
    event.stopPropagation();
    const wasResync = this.panel === "resync";
    this.panel = null;
    await this.refresh();
    await this.updateComplete;
    this.#focus(wasResync ? "input[type=radio]:checked" : "button.primary");
  };

  readonly #enrolled = ({ device }: OathEnrolledEvent): void => {
    this.selected = device.serialNumber;
    void this.refresh();
  };

  readonly #askRemoval = async (): Promise<void> => {
    const device = this.#requireSelected();
    if (device) await this.#removal.ask(device, this.devices?.length === 1);
  };

  async #removed(device: MfaDevice): Promise<void> {
    const { serialNumber, deviceName } = device;
    const at = this.devices?.findIndex((other) => other.serialNumber === serialNumber) ?? -1;
    this.dispatchEvent(new OathRemovedEvent(serialNumber, deviceName));
    this.selected = undefined;
    await this.refresh();
    const next = this.devices?.[at] ?? this.devices?.at(-1);
    this.selected = next?.serialNumber;
    await this.updateComplete;
    this.#focus(next ? "input[type=radio]:checked" : "button.primary");
    this.#announcer.say(this.text.removed(deviceName));
  }

  protected override render(): TemplateResult {
    const { text, devices } = this;
    return html`<section part="section" aria-labelledby="title">
        <div class="head">
          <div>
            <h2 id="title" part="heading">
              ${text.devicesTitle} ${devices ? html`<span class="count">(${devices.length})</span>` : nothing}
            </h2>
            <p class="muted">${text.devicesIntro}</p>
          </div>
          ${this.panel ? nothing : this.#renderButtons()}
        </div>
        <div class="body" ?hidden=${this.problem === ""}>
          ${renderAlert("error", this.problem, this.devices ? nothing : this.#renderRetry())}
        </div>
        ${this.panel ? this.#renderPanel() : this.#renderList()}
      </section>
      ${this.#removal.render()} ${this.#announcer.render()}`;
  }

  #renderRetry(): TemplateResult {
    return html`<div>
      <button type="button" @click=${() => this.refresh()}>${this.text.tryAgain}</button>
    </div>`;
  }

  #renderButtons(): TemplateResult {
    const { text } = this;
    const forOne = html`<button type="button" @click=${() => this.#open("resync")}>${text.resync}</button>
      <button type="button" @click=${this.#askRemoval}>${text.remove}</button>`;
    return html`<div class="actions">
      ${this.devices?.length ? forOne : nothing}
      <button type="button" class="primary" @click=${() => this.#open("enroll")}>${text.assign}</button>
    </div>`;
  }

  #renderList(): TemplateResult {
    const { text, devices } = this;
    if (!this.activeService) return html`<p class="loading muted">${text.notConnected}</p>`;
    if (!devices) return html`<p class="loading muted">${this.problem ? nothing : text.loading}</p>`;
    return devices.length === 0
      ? renderEmpty(text)
      : renderDeviceTable(devices, this.selected, this.#select, text);
  }

  #renderPanel(): TemplateResult {
    const { activeService, tokenSource, userName, messages } = this;
    return this.panel === "enroll"
      ? html`<oath-enroll
          class="panel"
          .service=${activeService}
          .tokenSource=${tokenSource}
          .userName=${userName}
          .messages=${messages}
          @oath-enrolled=${this.#enrolled}
          @oath-cancel=${this.#close}
          @oath-done=${this.#close}
        ></oath-enroll>`
      : html`<oath-resync
          class="panel"
          .service=${activeService}
          .tokenSource=${tokenSource}
          .userName=${userName}
          .messages=${messages}
          .device=${this.#selectedDevice}
          @oath-cancel=${this.#close}
          @oath-done=${this.#close}
        ></oath-resync>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-devices": OathDevices;
  }
}
