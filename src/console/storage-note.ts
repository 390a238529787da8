import { ContextConsumer } from "@lit/context";
import { html, LitElement } from "lit";
import { customElement, state } from "lit/decorators.js";
import { renderAlert } from "../elements/alert.ts";
import { controlStyles } from "../elements/control-styles.ts";
import { mfaServiceContext } from "../elements/service-context.ts";
import { themeStyles } from "../elements/theme.ts";
import { isLocalService } from "../elements/token-lookup.ts";
import type { MfaService } from "../mfa/contract.ts";

const NOT_KEPT =
  "This browser may delete the tokens stored here, for want of space or when the page was not visited for long: it has not promised to keep them. Make a backup, and keep the seed files that came with your tokens.";

/** Says plainly where the browser has not promised to keep what is stored, and nothing where it has. */
@customElement("console-storage-note")
export class ConsoleStorageNote extends LitElement {
  static override styles = [themeStyles, controlStyles];

  @state() private isKept = true;
  #askedOf: MfaService | undefined;
  readonly #service = new ContextConsumer(this, { context: mfaServiceContext, subscribe: true });

  protected override willUpdate(): void {
    if (this.#service.value !== this.#askedOf) void this.refresh();
  }

  /** Asks again: after an import the browser may have promised it. */
  async refresh(): Promise<void> {
    const service = this.#service.value;
    this.#askedOf = service;
    if (!isLocalService(service)) return;
    const { persisted } = await service.storageState();
    this.isKept = persisted;
  }

  protected override render() {
    return html`<div role="status">${renderAlert("warning", this.isKept ? "" : NOT_KEPT)}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "console-storage-note": ConsoleStorageNote;
  }
}
