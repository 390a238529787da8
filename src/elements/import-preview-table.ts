import { html, nothing, type TemplateResult } from "lit";
import type { PreviewedToken, SeedFilePreview } from "../mfa/local-contract.ts";
import { warningIcon } from "./icons.ts";
import { kindOf, modelOf } from "./inventory-table.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** The first tokens of a file. Of a secret it shows the length, which is all that is known here. */
export function previewTable(
  view: InventoryTexts,
  { firstTokens, tokenCount }: SeedFilePreview,
): TemplateResult | typeof nothing {
  if (firstTokens.length === 0) return nothing;
  const { text, number } = view;
  const shown = firstTokens.length;
  const caption =
    shown < tokenCount
      ? text.firstTokens(shown, number(shown), number(tokenCount))
      : text.allTokens(shown, number(shown));
  const columns = [text.serial, text.kind, text.model, text.secret, text.state];
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="first-tokens">
    <table class="tokens" role="table" aria-labelledby="first-tokens">
      <caption id="first-tokens">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${firstTokens.map((token) => row(view, token))}
      </tbody>
    </table>
  </div>`;
}

function row({ text }: InventoryTexts, token: PreviewedToken): TemplateResult {
  const { known } = token;
  return html`<tr role="row">
    <th role="rowheader" scope="row"><bdi class="serial">${token.serialNumber}</bdi></th>
    <td role="cell" data-column=${text.kind}>${kindOf(token, text)}</td>
    <td role="cell" data-column=${text.model}><span class="long">${modelOf(token)}</span></td>
    <td role="cell" data-column=${text.secret}>
      <span
        ><span aria-hidden="true">•••• </span
        ><span class="visually-hidden">${text.secretHidden}, </span>${text.secretLength(
          token.secretBytes,
        )}</span
      >
    </td>
    <td role="cell" data-column=${text.state}>
      ${known ? html`<span class="mark">${warningIcon} ${text.here[known]}</span>` : html`<span>${text.fresh}</span>`}
    </td>
  </tr>`;
}
