import { html, nothing, type TemplateResult } from "lit";
import type { SeedFilePreview } from "../mfa/local-contract.ts";
import { renderAlert } from "./alert.ts";
import { duplicateChoice } from "./import-duplicates-view.ts";
import type { ImportFlow } from "./import-flow.ts";
import { previewTable } from "./import-preview-table.ts";
import { skippedTable } from "./import-skipped-view.ts";
import { importableCount, type StepOf } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";
import { isolated } from "./isolated.ts";

/** What the file holds, and the question whether to import it. */
export function previewView(view: InventoryTexts, flow: ImportFlow, step: StepOf<"preview">): TemplateResult {
  const { text, shared, number } = view;
  const { preview, onDuplicate } = step;
  const count = importableCount(preview, onDuplicate);
  return html`<h3 class="long" tabindex="-1">${isolated(text.previewTitle(flow.fileName), flow.fileName)}</h3>
    ${lastTry(view, step)} ${facts(view, preview)} ${corrections(view, flow, preview)}
    ${duplicateChoice(view, flow, step)} ${previewTable(view, preview)} ${skippedTable(view, preview)}
    ${count === 0 ? renderAlert("warning", text.nothingToImport) : nothing}
    <div class="actions">
      ${
        count === 0
          ? nothing
          : html`<button type="button" class="primary" @click=${() => void flow.confirm()}>
              ${text.import(count, number(count))}
            </button>`
      }
      <button type="button" @click=${() => flow.cancel()}>${shared.cancel}</button>
    </div>`;
}

function lastTry(view: InventoryTexts, { lastTry: last }: StepOf<"preview">) {
  const { text } = view;
  if (last === "none") return html`<p class="muted">${text.nothingYet}</p>`;
  if (last === "stopped") return renderAlert("warning", text.cancelled);
  return renderAlert("error", view.errorText(last.error), html`<p>${text.nothingChanged}</p>`);
}

function facts({ text, number }: InventoryTexts, preview: SeedFilePreview): TemplateResult {
  const { tokenCount, knownCount, assignedCount, skippedCount, secretEncoding } = preview;
  return html`<dl class="counts">
      ${fact(text.newTokens, number(tokenCount - knownCount))} ${fact(text.knownTokens, number(knownCount))}
      ${assignedCount === 0 ? nothing : fact(text.assignedTokens, number(assignedCount))}
      ${fact(text.refusedRows, number(skippedCount))} ${fact(text.fileFormat, text.formats[preview.format])}
    </dl>
    ${secretEncoding ? html`<p>${secretEncoding.message}</p>` : nothing}`;
}

function fact(label: string, value: string): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** What the person said of the file, or may have to say, with a way to say it otherwise. */
function corrections(view: InventoryTexts, flow: ImportFlow, { skipped }: SeedFilePreview) {
  const { text } = view;
  const { columns, encoding, short } = flow.canChange;
  const hasShort = skipped.some(({ code }) => code === "shortened-serial");
  return html`
    ${
      columns || encoding
        ? html`<div class="actions">
            ${columns ? button(text.changeColumns, () => flow.askAgain("columns")) : nothing}
            ${encoding ? button(text.changeEncoding, () => flow.askAgain("encoding")) : nothing}
          </div>`
        : nothing
    }
    ${
      hasShort || short
        ? renderAlert(
            "warning",
            short ? text.shortAccepted : text.shortSerials,
            html`<div>
              ${button(short ? text.refuseShort : text.acceptShort, () => void flow.acceptShortSerials(!short))}
            </div>`,
          )
        : nothing
    }
  `;
}

function button(words: string, onClick: () => void): TemplateResult {
  return html`<button type="button" @click=${onClick}>${words}</button>`;
}
