import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { LocalMfaService, RetiredSeed, RetireReport } from "../mfa/local-contract.ts";
import { renderAlert } from "./alert.ts";
import { formatMoment } from "./formats.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** Of many retired tokens the first so many are listed. */
const SHOWN = 200;

/** The tokens out of use, and the last retirement as long as it can be undone here. */
export class RetiredTokens {
  readonly #host: ReactiveControllerHost;
  #seeds: readonly RetiredSeed[] = [];
  #last: RetireReport | null = null;
  #said = "";
  #error: unknown = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** What the list beside it cannot tell either is not told twice. */
  async load(service: LocalMfaService): Promise<void> {
    this.#seeds = await service.retiredSeeds().catch(() => []);
    this.#host.requestUpdate();
  }

  /** Tokens were retired: that can be undone until something else is done. */
  retiredNow(report: RetireReport): void {
    this.#last = report.retired > 0 ? report : null;
    this.#said = "";
    this.#error = null;
    this.#host.requestUpdate();
  }

  /** Puts tokens back; gives the words that say what came of it, empty where it failed. */
  async putBack(
    service: LocalMfaService,
    which: readonly string[] | Pick<RetireReport, "retireId">,
    { text, number }: InventoryTexts,
  ): Promise<string> {
    try {
      const { restored, kept } = await service.restoreSeeds(which);
      this.#last = null;
      this.#error = null;
      this.#said = [
        text.putBackDone(restored, number(restored)),
        kept > 0 ? text.putBackKept(kept, number(kept)) : "",
      ]
        .join(" ")
        .trim();
      await this.load(service);
      return this.#said;
    } catch (error) {
      this.#error = error;
      this.#host.requestUpdate();
      return "";
    }
  }

  /** What was done last, with its undo. */
  renderLast(
    { text, number, errorText }: InventoryTexts,
    onPutBack: (which: Pick<RetireReport, "retireId">) => Promise<void>,
  ): TemplateResult {
    const last = this.#last;
    const words = last
      ? [
          text.retired(last.retired, number(last.retired)),
          last.kept > 0 ? text.retiredKept(last.kept, number(last.kept)) : "",
        ]
          .join(" ")
          .trim()
      : this.#said;
    const undo = last
      ? html`<div>
          <button type="button" @click=${() => void onPutBack({ retireId: last.retireId })}>
            ${text.undoRetire}
          </button>
        </div>`
      : nothing;
    return html`${renderAlert("success", words, undo)}
    ${this.#error === null ? nothing : renderAlert("error", errorText(this.#error))}`;
  }

  render(
    { text, number, shared }: InventoryTexts,
    onPutBack: (which: readonly string[]) => Promise<void>,
  ): TemplateResult | typeof nothing {
    const { length } = this.#seeds;
    if (length === 0) return nothing;
    const rest = length - Math.min(length, SHOWN);
    return html`<details class="retired">
      <summary>${text.retiredTitle(length, number(length))}</summary>
      <ul>
        ${this.#seeds.slice(0, SHOWN).map(
          ({ serialNumber, label, retiredAtMs }) =>
            html`<li>
              <bdi class="serial">${serialNumber}</bdi>
              ${label === undefined ? nothing : html`<bdi class="muted">${label}</bdi>`}
              <span class="hint">${text.retiredWhen}: ${formatMoment(retiredAtMs, shared)}</span>
              <button
                type="button"
                aria-label=${text.putBackNamed(serialNumber)}
                @click=${() => void onPutBack([serialNumber])}
              >
                ${text.putBack}
              </button>
            </li>`,
        )}
      </ul>
      ${rest > 0 ? html`<p class="hint">${text.more(rest, number(rest))}</p>` : nothing}
    </details>`;
  }
}
