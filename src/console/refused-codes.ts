import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";
import type { RefusedCodes } from "../mfa/contract.ts";

/** What somebody who has just signed in is told about codes that were refused before (ASVS V2.8.5). */
export function refusedCodesText({ failures, reusedCodes }: RefusedCodes): string {
  const refused = failures === 1 ? "1 code was refused" : `${failures} codes were refused`;
  const used =
    reusedCodes === 0
      ? ""
      : failures === 1
        ? ", which had been used already"
        : `, ${reusedCodes} of them had been used already`;
  return `Since your last sign-in, ${refused}${used}. If that was not you, somebody may know your password: change it, and tell your administrator.`;
}

/** The message with its button; the region stands on the page before, so that what comes into it is read out. */
export function refusedCodesNotice(refused: RefusedCodes | null, onDismiss: () => void): TemplateResult {
  const dismiss = html`<div><button type="button" @click=${onDismiss}>Dismiss</button></div>`;
  return html`<div class="notice" role="status">
    ${refused ? renderAlert("warning", refusedCodesText(refused), dismiss) : nothing}
  </div>`;
}
