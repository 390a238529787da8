import { html, nothing, type TemplateResult } from "lit";
import { errorIcon, successIcon, warningIcon } from "./icons.ts";

const ICONS = { error: errorIcon, warning: warningIcon, success: successIcon } as const;

/** A framed message with its icon; nothing for an empty one. It is read out by the element's own live region. */
export function renderAlert(
  kind: keyof typeof ICONS,
  message: string,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult | typeof nothing {
  if (message === "") return nothing;
  return html`<div class="alert" part="alert" data-kind=${kind}>
    ${ICONS[kind]}
    <p>${message}</p>
    ${more}
  </div>`;
}
