import { html, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";
import type { DemoService } from "./demo-service.ts";

/** How far the console's start has come. */
export type Boot =
  | { readonly kind: "starting" }
  | { readonly kind: "ready"; readonly demo: DemoService }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "impossible"; readonly problem: string };

/** What stands there until the console has started, or instead of it. */
export function bootPage(boot: Exclude<Boot, { kind: "ready" }>, onTryAgain: () => void): TemplateResult {
  if (boot.kind === "impossible") return html``;
  if (boot.kind === "starting") {
    return html`<div class="starting">
      <h1 tabindex="-1">Starting</h1>
      <p class="muted" role="status">Opening the token vault of this browser…</p>
    </div>`;
  }
  return html`<div class="starting">
    <h1 tabindex="-1">The console could not start</h1>
    <div role="alert">${renderAlert("error", boot.problem)}</div>
    <button class="primary" type="button" @click=${onTryAgain}>Try again</button>
  </div>`;
}
