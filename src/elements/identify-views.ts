import { html, nothing, type TemplateResult } from "lit";
import type { Identification } from "../mfa/local-contract.ts";
import { successIcon } from "./icons.ts";
import type { IdentifyProgress } from "./identify-search.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import { tokenBackWith } from "./token-back.ts";

/** A heading that takes the focus, of the level its place on the page has. */
export function renderFocusHeading(level: 2 | 3, words: string): TemplateResult {
  return level === 3
    ? html`<h3 part="heading" tabindex="-1">${words}</h3>`
    : html`<h2 part="heading" tabindex="-1">${words}</h2>`;
}

/** How far the search is, with a way to stop it. */
export function renderIdentifyProgress(
  progress: IdentifyProgress | null,
  words: InventoryMessages,
  onStop: () => void,
): TemplateResult | typeof nothing {
  if (!progress) return nothing;
  const label = progress.kind === "ready" ? words.identifyGettingReady : words.identifySearching;
  return html`<div class="progress">
    <span class="hint" id="progress">${label}</span>
    <progress aria-labelledby="progress" max=${progress.total} .value=${progress.done}></progress>
    <button type="button" @click=${onStop}>${words.identifyStop}</button>
  </div>`;
}

/** The token that was found, with a drawing to hold its back against. */
export function renderIdentified(
  { serialNumber }: Identification,
  heading: TemplateResult,
  on: { readonly onMatch: () => void; readonly onOther: () => void },
  words: InventoryMessages,
): TemplateResult {
  return html`<div class="stack">
    <div class="result" part="result">
      <span class="badge">${successIcon}</span>
      ${heading}
      <p><bdi class="serial big">${serialNumber}</bdi></p>
      <p class="muted">${words.identifyCompare}</p>
    </div>
    ${tokenBackWith(serialNumber)}
    <div class="actions">
      <button type="button" @click=${on.onOther}>${words.identifyNoMatch}</button>
      <button type="button" class="primary" @click=${on.onMatch}>${words.identifyMatches}</button>
    </div>
  </div>`;
}
