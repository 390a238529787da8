import { html, type TemplateResult } from "lit";

/** A USB token: what is on it, its codes, and what may be written to it. */
export function usbTokensPage(): TemplateResult {
  return html`
    <h1 tabindex="-1">USB tokens</h1>
    <p class="lead">The codes of a token that is plugged in, read instead of typed.</p>
    <oath-token></oath-token>
    <p class="aside">
      No USB token at hand? Plug in a virtual one: it is in the panel of the virtual token, and its codes
      enrol a token of the sample inventory.
    </p>
  `;
}
