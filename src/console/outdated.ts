import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";

/** The vault was upgraded by a newer version of this page; this one can do nothing with it any more. */
export const OUTDATED =
  "A newer version of this page is open in another tab and has taken the token vault over. Reload this tab to go on.";

/** Stands there until the page is reloaded; its region is there before, so that what comes into it is read out. */
export function outdatedNotice(isOutdated: boolean, reload = () => location.reload()): TemplateResult {
  const button = html`<div><button class="primary" type="button" @click=${reload}>Reload</button></div>`;
  return html`<div class="notice" role="status">
    ${isOutdated ? renderAlert("warning", OUTDATED, button) : nothing}
  </div>`;
}
