import { html } from "lit";
import { query, state } from "lit/decorators.js";
import { OathError } from "../core/errors.ts";
import { MfaError } from "../mfa/errors.ts";
import type { ImportReport, LocalMfaService } from "../mfa/local-contract.ts";
import { Announcer } from "./announcer.ts";
import { controlStyles } from "./control-styles.ts";
import { errorText } from "./error-text.ts";
import { importView } from "./inventory-import-view.ts";
import { InventoryImporter } from "./inventory-importer.ts";
import { listView } from "./inventory-list-view.ts";
import { type InventoryFilter, InventoryList } from "./inventory-list.ts";
import {
  englishInventoryMessages,
  type InventoryMessages,
  type InventoryOverrides,
} from "./inventory-messages.ts";
import { inventoryReportLine } from "./inventory-report.ts";
import { inventoryStyles } from "./inventory-styles.ts";
import { OathElement } from "./oath-element.ts";
import { themeStyles } from "./theme.ts";
import { isLocalService } from "./token-lookup.ts";

/** A seed file was imported, perhaps without some of its rows. */
export class OathImportedEvent extends Event {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super("oath-imported", { bubbles: true, composed: true });
    this.report = report;
  }
}

/**
 * The tokens a local service knows: imports seed files with a report, and lists them. It never shows a secret.
 * @fires oath-imported - {@link OathImportedEvent}
 * @csspart drop - the area that takes a dropped file
 * @csspart report - the result of the last import
 * @csspart table - the list of tokens
 */
export class OathInventory extends OathElement {
  static override styles = [themeStyles, controlStyles, inventoryStyles];

  /** Texts to use in place of the English ones; the inventory's own stand in its table `inventory`. */
  declare messages: InventoryOverrides | undefined;

  @state() private isOver = false;
  @state() private notice = "";
  @query("input[type=file]") private readonly chooser: HTMLInputElement | null | undefined;
  readonly #announcer = new Announcer(this);
  readonly #importer = new InventoryImporter(this);
  readonly #list = new InventoryList(this);
  #listedFrom: LocalMfaService | undefined;

  /** Reads the list anew, for when tokens were assigned or removed elsewhere. */
  async refresh(): Promise<void> {
    const service = this.#localService;
    if (service) await this.#list.load(service);
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

  get #own(): InventoryMessages {
    return { ...englishInventoryMessages, ...this.messages?.inventory };
  }

  protected override willUpdate(): void {
    // The context may bring a service at any time; a new one has another list.
    if (this.#localService === this.#listedFrom) return;
    this.#listedFrom = this.#localService;
    void this.refresh();
  }

  protected override render() {
    if (!this.#localService) return html`<p class="muted">${this.text.notConnected}</p>`;
    const common = {
      text: this.#own,
      shared: this.text,
      number: this.#number,
      errorText: this.#errorText,
    };
    return html`
      ${importView({
        ...common,
        importState: this.#importer.state,
        isOver: this.isOver,
        notice: this.notice,
        onChoose: () => this.chooser?.click(),
        onChosen: this.#chosen,
        onCancel: () => this.#importer.cancel(),
        onDragOver: this.#dragOver,
        onDragLeave: this.#dragLeave,
        onDrop: this.#drop,
      })}
      ${listView({
        ...common,
        list: this.#list,
        onSearch: this.#search,
        onFilter: this.#filter,
        onMore: this.#more,
      })}
      ${this.#announcer.render()}
    `;
  }

  #number = (count: number) => new Intl.NumberFormat(this.text.locale).format(count);

  /** Errors of the file carry a sentence of their own; those of the service have theirs in the shared catalogue. */
  #errorText = (error: unknown): string => {
    if (error instanceof OathError && !(error instanceof MfaError)) {
      return this.#own.fileErrors[error.code] ?? error.message;
    }
    return errorText(error, this.text, { digits: 6, periodSeconds: 30, nowMs: 0 });
  };

  #seen = () => {
    if (document.visibilityState === "visible") void this.refresh();
  };

  #search = (event: InputEvent) => {
    const service = this.#localService;
    if (service) void this.#list.load(service, { text: (event.currentTarget as HTMLInputElement).value });
  };

  #filter = (event: Event) => {
    const service = this.#localService;
    const filter = (event.currentTarget as HTMLSelectElement).value as InventoryFilter;
    if (service) void this.#list.load(service, { filter });
  };

  #more = () => {
    const service = this.#localService;
    if (service) void this.#list.more(service);
  };

  #chosen = () => {
    const files = [...(this.chooser?.files ?? [])];
    // Emptied, so that choosing the same file again is a change again.
    if (this.chooser) this.chooser.value = "";
    void this.#import(files);
  };

  #dragOver = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isOver = true;
  };

  #dragLeave = () => {
    this.isOver = false;
  };

  #drop = (event: DragEvent) => {
    event.preventDefault();
    this.isOver = false;
    void this.#import([...(event.dataTransfer?.files ?? [])]);
  };

  async #import(files: readonly File[]): Promise<void> {
    const [file, another] = files;
    const service = this.#localService;
    this.notice = another ? this.#own.oneFileOnly : "";
    if (!file || another || !service) return;
    this.#announcer.say(this.#own.reading(file.name));
    const report = await this.#importer.run(service, file);
    if (report) {
      this.#announcer.say(inventoryReportLine(report, this.#own, this.#number));
      this.dispatchEvent(new OathImportedEvent(report));
      await this.refresh();
    } else if (this.#importer.state.kind === "failed") {
      this.#announcer.alert(`${this.#errorText(this.#importer.state.error)} ${this.#own.nothingChanged}`);
    } else if (this.#importer.state.kind === "cancelled") {
      this.#announcer.say(this.#own.cancelled);
    }
  }
}

declare global {
  interface HTMLElementEventMap {
    "oath-imported": OathImportedEvent;
  }
  interface HTMLElementTagNameMap {
    "oath-inventory": OathInventory;
  }
}
