import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "./alert.ts";
import { renderDrift } from "./drift-plot.ts";
import type { DetailsState } from "./inventory-details.ts";
import { kindOf, modelOf } from "./inventory-table.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** What a token's details show and whom they tell. */
export interface DetailsView extends InventoryTexts {
  readonly details: DetailsState;
  /** What is wrong with the label, or empty. */
  readonly labelProblem: string;
  /** Unix milliseconds, for the plot. */
  readonly nowMs: number;
  readonly onClose: () => void;
  readonly onLabel: (label: string) => void;
  readonly onExport: () => void;
  readonly onRetire: () => void;
}

/** One token: what it is, its label, its clock, and what can be done with it. */
export function detailsView(view: DetailsView): TemplateResult {
  const { text, shared, details } = view;
  const { serialNumber, seed, isGone } = details;
  return html`<section class="panel details" part="details" aria-labelledby="details-title">
    <header>
      <h3 id="details-title" tabindex="-1">${text.detailsOf} <bdi class="serial">${serialNumber}</bdi></h3>
      <button type="button" @click=${view.onClose}>${text.detailsClose}</button>
    </header>
    ${isGone ? html`<p>${text.detailsMissing}</p>` : nothing}
    ${!isGone && !seed ? html`<p class="muted">${shared.loading}</p>` : nothing}
    ${seed ? body(view, seed) : nothing}
  </section>`;
}

function body(view: DetailsView, seed: NonNullable<DetailsState["seed"]>): TemplateResult {
  const { text } = view;
  return html`<dl class="facts">
      <dt>${text.kind}</dt>
      <dd>${kindOf(seed, text)}</dd>
      <dt>${text.hash}</dt>
      <dd>${seed.algorithm.replace("SHA", "SHA-")}</dd>
      <dt>${text.model}</dt>
      <dd>${modelOf(seed)}</dd>
      <dt>${text.state}</dt>
      <dd>
        <span class="state" data-assigned=${String(seed.assigned)}>
          ${seed.assigned ? text.assigned : text.free}
        </span>
      </dd>
    </dl>
    ${labelForm(view, seed.label ?? "")}
    <h4>${text.driftTitle}</h4>
    ${clock(view, seed)}
    <div class="actions">
      <button type="button" @click=${view.onExport}>${text.export}</button>
      <button type="button" @click=${view.onRetire}>${text.retire}</button>
    </div>`;
}

function labelForm({ text, labelProblem, onLabel }: DetailsView, label: string): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const entry = new FormData(event.currentTarget as HTMLFormElement).get("label");
    onLabel(typeof entry === "string" ? entry : "");
  };
  return html`<form class="field label-form" novalidate @submit=${submit}>
    <label for="label">${text.label}</label>
    <span class="hint" id="label-hint">${text.labelHint}</span>
    <span class="with-button">
      <input
        id="label"
        name="label"
        type="text"
        dir="auto"
        autocomplete="off"
        maxlength="128"
        aria-invalid=${labelProblem === "" ? "false" : "true"}
        aria-describedby="label-hint label-error"
        .defaultValue=${label}
      />
      <button type="submit">${text.saveLabel}</button>
    </span>
    <span class="error" id="label-error">${labelProblem || nothing}</span>
  </form>`;
}

function clock(view: DetailsView, seed: NonNullable<DetailsState["seed"]>): TemplateResult | typeof nothing {
  const { details, nowMs, text, shared } = view;
  const { drift, driftError } = details;
  if (driftError !== null) return html`${renderAlert("warning", view.errorText(driftError))}`;
  if (!drift) return html`<p class="muted">${shared.loading}</p>`;
  const { type, periodSeconds } = seed;
  return renderDrift({ history: drift, type, periodSeconds, nowMs, text, shared });
}
