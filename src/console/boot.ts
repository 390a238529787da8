import { html, type TemplateResult } from "lit";
import { renderAlert } from "../elements/alert.ts";
import type { DemoService } from "./demo-service.ts";
import { isFramedByOthers } from "./framed.ts";

/** How far the console's start has come. */
export type Boot =
  | { readonly kind: "starting" }
  | { readonly kind: "ready"; readonly demo: DemoService }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "impossible"; readonly problem: string };

/** The service did not start. */
export const NO_WORKER =
  "The token vault could not be started, because this browser did not let its worker or its storage open. Close other tabs of this page, then try again.";
const NO_STORAGE_IN_FRAME =
  "The token vault could not be started. This page is in a frame of another site, and there this browser may let it store nothing. Open the page in its own tab.";
/** The demo data could not be deleted. */
export const STILL_OPEN =
  "The demo data is still open in another tab. Close the other tabs of this page, then try again.";

/** Why the service did not start, as far as the page can tell. */
export function startProblem(): string {
  return isFramedByOthers() ? NO_STORAGE_IN_FRAME : NO_WORKER;
}

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
