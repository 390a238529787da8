import { html, nothing, type TemplateResult } from "lit";
import type { ImportFlow } from "./import-flow.ts";
import type { StepOf } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";
import { isolated } from "./isolated.ts";

/** How far a piece of work is, and a way out of it. */
export function progressView(
  view: InventoryTexts,
  flow: ImportFlow,
  step: StepOf<"reading" | "importing">,
): TemplateResult {
  const { text, shared } = view;
  const { fileName } = flow;
  const isReading = step.kind === "reading";
  const isStopping = !isReading && step.isStopping;
  const title = isReading ? text.reading(fileName) : text.importing(fileName);
  const words = isReading ? text.rowsRead : text.tokensWritten;
  return html`<h3 class="long" tabindex="-1">${isolated(title, fileName)}</h3>
    <div class="progress">
      ${progressBar(view, title, step, words)}
      <button type="button" aria-disabled=${String(isStopping)} @click=${() => flow.cancel()}>
        ${isStopping ? text.stopping : shared.cancel}
      </button>
    </div>`;
}

/** A bar with its count in words. Without a total it has no value, and says only that something is going on. */
export function progressBar(
  { number }: InventoryTexts,
  label: string,
  { done, total }: { readonly done: number; readonly total: number },
  words: (done: string, total: string | null) => string,
): TemplateResult {
  const isKnown = total > 0;
  return html`<progress
      aria-label=${label}
      max=${isKnown ? total : nothing}
      value=${isKnown ? done : nothing}
    ></progress>
    <span class="count">${words(number(done), isKnown ? number(total) : null)}</span>`;
}
