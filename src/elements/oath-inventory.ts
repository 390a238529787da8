import { html, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import type { ImportReport, LocalMfaService } from "../mfa/local-contract.ts";
import { Announcer } from "./announcer.ts";
import { controlStyles } from "./control-styles.ts";
import { dialogStyles } from "./dialog-styles.ts";
import { sayOutcome } from "./import-outcome.ts";
import { ImportFlow } from "./import-flow.ts";
import { ImportIntake } from "./import-intake.ts";
import { isIdle } from "./import-steps.ts";
import { importStyles } from "./import-styles.ts";
import { importView } from "./import-view.ts";
import { LastImportWatch } from "./inventory-last-import.ts";
import { listView } from "./inventory-list-view.ts";
import { InventoryGrid } from "./inventory-grid.ts";
import { driftStyles } from "./drift-styles.ts";
import { inventoryDetailStyles } from "./inventory-detail-styles.ts";
import { inventoryGridStyles } from "./inventory-grid-styles.ts";
import { type InventoryFilter, InventoryList, type InventoryQuery } from "./inventory-list.ts";
import { englishInventoryMessages, type InventoryOverrides } from "./inventory-messages.ts";
import { RetiredTokens } from "./inventory-retired.ts";
import { InventorySelection } from "./inventory-selection.ts";
import { inventoryStyles } from "./inventory-styles.ts";
import { InventoryTasks } from "./inventory-tasks.ts";
import { DetailsPanel } from "./inventory-details-panel.ts";
import { type InventoryTexts, inventoryTexts } from "./inventory-texts.ts";
import { type OathIdentifiedEvent, OathImportedEvent } from "./events.ts";
import { OathElement } from "./oath-element.ts";
import { themeStyles } from "./theme.ts";
import { isLocalService } from "./token-lookup.ts";

export { OathImportedEvent } from "./events.ts";

/**
 * The tokens a local service knows: imports seed files after a preview and with a report, takes the last import back, lists
 * the tokens and exports chosen ones. It never shows a secret.
 * @fires oath-imported - {@link OathImportedEvent}
 * @fires oath-identified - {@link OathIdentifiedEvent}, a token was found by its codes
 * @csspart drop - the area that takes a dropped file
 * @csspart report - the result of the last import
 * @csspart table - the list of tokens
 * @csspart dialog - the dialog of an undo or export
 */
export class OathInventory extends OathElement {
  static override styles = [
    themeStyles,
    controlStyles,
    dialogStyles,
    inventoryStyles,
    inventoryGridStyles,
    inventoryDetailStyles,
    driftStyles,
    importStyles,
  ];

  /** Texts to use in place of the English ones; the inventory's own stand in its table `inventory`. */
  declare messages: InventoryOverrides | undefined;

  @state() private notice = "";
  @state() private isIdentifying = false;
  readonly #announcer = new Announcer(this);
  readonly #flow = new ImportFlow(this, {
    onImported: (report) => void this.#imported(report),
    onMilestone: (percent) => this.#announcer.say(this.#texts.text.percent(this.#percent(percent))),
  });
  readonly #intake = new ImportIntake(this, (files) => void this.#take(files));
  readonly #list = new InventoryList(this);
  readonly #selection = new InventorySelection(this);
  readonly #grid = new InventoryGrid(this, this.#list, {
    onToggle: (row) =>
      this.#atRow(row, (serial) => this.#selection.set(serial, !this.#selection.has(serial))),
    onOpen: (row) => this.#atRow(row, this.#open),
  });
  readonly #lastImport = new LastImportWatch(this);
  readonly #tasks = new InventoryTasks(this, {
    announcer: this.#announcer,
    flow: this.#flow,
    selection: this.#selection,
    texts: () => this.#texts,
    service: () => this.#localService,
    lastImport: () => this.#lastImport.found,
    onRetired: (report) => this.#retired.retiredNow(report),
    onChanged: () => void this.refresh(),
  });
  readonly #retired = new RetiredTokens(this);
  readonly #details = new DetailsPanel(this, {
    announcer: this.#announcer,
    tasks: this.#tasks,
    texts: () => this.#texts,
    service: () => this.#localService,
    onChanged: () => void this.refresh(),
  });
  #listedFrom: LocalMfaService | undefined;
  #shownTurn = 0;

  /** Reads the list anew, for when tokens were assigned or removed elsewhere. */
  async refresh(): Promise<void> {
    const service = this.#localService;
    if (!service) return;
    await Promise.all([
      this.#list.load(service),
      this.#lastImport.load(service),
      this.#retired.load(service),
      this.#details.refresh(),
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#seen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** The service, when it is one with an inventory: a remote one has none. */
  get #localService(): LocalMfaService | undefined {
    const service = this.activeService;
    return isLocalService(service) ? service : undefined;
  }

  get #texts(): InventoryTexts {
    return inventoryTexts({ ...englishInventoryMessages, ...this.messages?.inventory }, this.text);
  }

  #percent(percent: number): string {
    return new Intl.NumberFormat(this.text.locale, { style: "percent" }).format(percent / 100);
  }

  protected override willUpdate(): void {
    // The context may bring a service at any time; a new one has another list.
    if (this.#localService === this.#listedFrom) return;
    this.#listedFrom = this.#localService;
    this.#flow.cancel();
    this.#selection.clear();
    void this.refresh();
  }

  protected override render() {
    if (!this.#localService) return html`<p class="muted">${this.text.notConnected}</p>`;
    const texts = this.#texts;
    return html`
      ${importView({
        ...texts,
        flow: this.#flow,
        intake: this.#intake,
        notice: this.notice,
        lastImport: this.#lastImport.found,
        onUndo: this.#tasks.undo,
      })}
      ${listView({
        ...texts,
        list: this.#list,
        grid: this.#grid,
        selection: this.#selection,
        exportNotice: this.#tasks.notice,
        onSearch: this.#search,
        onFilter: this.#filter,
        onOpen: this.#open,
        identify: this.isIdentifying
          ? html`<oath-identify
              heading-level="3"
              .service=${this.service}
              .messages=${this.messages}
              @oath-identified=${this.#identified}
            ></oath-identify>`
          : null,
        onIdentify: () => void this.#toggleIdentify(),
        onExport: this.#tasks.exportSelected,
        onRetire: this.#tasks.retireSelected,
        details: this.#details.render(texts),
        last: this.#retired.renderLast(texts, this.#putBack),
        retired: this.#retired.render(texts, this.#putBack),
      })}
      ${this.#tasks.render(texts)} ${this.#announcer.render()}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#shownTurn === this.#flow.turn) return;
    this.#shownTurn = this.#flow.turn;
    const part = this.renderRoot.querySelector("#import");
    (part?.querySelector<HTMLElement>("[data-focus]") ?? part?.querySelector<HTMLElement>("h3"))?.focus();
    sayOutcome(this.#flow.step, this.#texts, this.#announcer);
  }

  #seen = () => {
    if (document.visibilityState === "visible") void this.refresh();
  };

  #search = (event: InputEvent) => this.#ask({ text: (event.currentTarget as HTMLInputElement).value });

  #filter = (event: Event) =>
    this.#ask({ filter: (event.currentTarget as HTMLSelectElement).value as InventoryFilter });

  #ask(query: Partial<InventoryQuery>): void {
    const service = this.#localService;
    if (!service) return;
    this.#selection.listChanged();
    this.#grid.toStart();
    void this.#list.load(service, query);
  }

  readonly #toggleIdentify = async (): Promise<void> => {
    this.isIdentifying = !this.isIdentifying;
    await this.updateComplete;
    if (this.isIdentifying) this.renderRoot.querySelector("oath-identify")?.focus();
  };

  /** The list goes to the token that was found. */
  readonly #identified = ({ serialNumber }: OathIdentifiedEvent): void => {
    this.isIdentifying = false;
    this.#open(serialNumber);
  };

  #atRow(row: number, work: (serialNumber: string) => void): void {
    const { serialNumber } = this.#list.at(row) ?? {};
    if (serialNumber !== undefined) work(serialNumber);
  }

  readonly #open = (serialNumber: string): void => void this.#details.open(serialNumber);

  readonly #putBack = async (which: Parameters<RetiredTokens["putBack"]>[1]): Promise<void> => {
    const service = this.#localService;
    if (service) this.#announcer.say(await this.#retired.putBack(service, which, this.#texts));
    await this.refresh();
  };

  async #take([file, another]: readonly File[]): Promise<void> {
    const service = this.#localService;
    if (!file || !service || !isIdle(this.#flow.step)) return;
    this.notice = another ? this.#texts.text.oneFileOnly : "";
    this.#announcer.alert(this.notice);
    if (!another) await this.#flow.start(service, file);
  }

  async #imported(report: ImportReport): Promise<void> {
    this.dispatchEvent(new OathImportedEvent(report));
    await this.refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-inventory": OathInventory;
  }
}
