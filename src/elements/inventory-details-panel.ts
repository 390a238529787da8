import { nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { LONGEST_LABEL, type LocalMfaService } from "../mfa/local-contract.ts";
import type { Announcer } from "./announcer.ts";
import { TokenDetails } from "./inventory-details.ts";
import { detailsView } from "./inventory-details-view.ts";
import type { InventoryTasks } from "./inventory-tasks.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** The element the panel is part of. */
export interface DetailsHost extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
}

/** What the panel works with. */
export interface DetailsParts {
  readonly announcer: Announcer;
  readonly tasks: InventoryTasks;
  readonly texts: () => InventoryTexts;
  readonly service: () => LocalMfaService | undefined;
  readonly onChanged: () => void;
}

/** Shows one token, and gives the focus back to the list when it is closed. */
export class DetailsPanel {
  readonly #host: DetailsHost;
  readonly #parts: DetailsParts;
  readonly #details: TokenDetails;
  #labelProblem = "";

  constructor(host: DetailsHost, parts: DetailsParts) {
    this.#host = host;
    this.#parts = parts;
    this.#details = new TokenDetails(host);
  }

  async open(serialNumber: string): Promise<void> {
    const service = this.#parts.service();
    if (!service) return;
    this.#labelProblem = "";
    const shown = this.#details.show(service, serialNumber);
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>("#details-title")?.focus();
    await shown;
  }

  /** Reads the token on view anew. */
  async refresh(): Promise<void> {
    const service = this.#parts.service();
    const { state } = this.#details;
    if (service && state) await this.#details.show(service, state.serialNumber);
  }

  render(texts: InventoryTexts): TemplateResult | typeof nothing {
    const { state } = this.#details;
    if (!state) return nothing;
    const { tasks } = this.#parts;
    const one = { count: 1, choice: [state.serialNumber] };
    return detailsView({
      ...texts,
      details: state,
      labelProblem: this.#labelProblem,
      nowMs: Date.now(),
      onClose: () => void this.#close(),
      onLabel: (label) => void this.#label(state.serialNumber, label),
      onExport: () => tasks.exportTokens(one),
      onRetire: () => tasks.retireTokens(one),
    });
  }

  async #close(): Promise<void> {
    this.#details.close();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(".seeds")?.focus();
  }

  async #label(serialNumber: string, typed: string): Promise<void> {
    const { service, texts, announcer, onChanged } = this.#parts;
    const { text, errorText } = texts();
    const label = typed.trim();
    const now = service();
    if (!now) return;
    this.#labelProblem = Array.from(label).length > LONGEST_LABEL ? text.labelLong : "";
    if (this.#labelProblem === "") {
      try {
        await now.labelSeed(serialNumber, label);
        announcer.say(label === "" ? text.labelRemoved : text.labelSaved);
        onChanged();
      } catch (error) {
        this.#labelProblem = errorText(error);
      }
    }
    if (this.#labelProblem !== "") announcer.alert(this.#labelProblem);
    this.#host.requestUpdate();
  }
}
