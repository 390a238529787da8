import { html, type TemplateResult } from "lit";
import type { MfaDevice } from "../mfa/contract.ts";
import { formatDrift } from "./formats.ts";
import { successIcon } from "./icons.ts";
import { isolated } from "./isolated.ts";
import type { Messages } from "./messages.ts";

/** Which token this is about, and what is asked. The number is known already, so it is not asked again (WCAG 3.3.7). */
export function renderToken(
  deviceName: string | undefined,
  serialNumber: string,
  intro: string,
  text: Messages,
): TemplateResult {
  const title = deviceName ? isolated(text.resyncTitle(deviceName), deviceName) : text.resyncToken;
  return html`<header>
    <h2 part="heading" tabindex="-1">${title}</h2>
    <p class="muted" part="token">${text.serialNumber}: <bdi class="serial">${serialNumber}</bdi></p>
    <p>${intro}</p>
  </header>`;
}

/** The end: what the token's clock was taken for, and what it is. */
export function renderResynced(
  device: MfaDevice,
  previousDriftSteps: number,
  text: Messages,
): TemplateResult {
  return html`<div class="result" part="result">
    <span class="badge">${successIcon}</span>
    <h2 part="heading" tabindex="-1">${text.resynced}</h2>
    <p class="muted">${driftSentence(device, previousDriftSteps, text)}</p>
  </div>`;
}

/** What changed, in a sentence. */
export function driftSentence(device: MfaDevice, previousDriftSteps: number, text: Messages): string {
  if (device.type === "hotp") return text.counterInStep;
  const { driftSteps, periodSeconds } = device;
  if (driftSteps === 0 && previousDriftSteps === 0) return text.driftNone;
  const before = formatDrift(previousDriftSteps, periodSeconds, text);
  if (driftSteps === 0) return text.driftGone(before);
  return text.driftChange(before, formatDrift(driftSteps, periodSeconds, text));
}
