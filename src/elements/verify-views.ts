import { html, nothing, type TemplateResult } from "lit";
import type { MfaDevice } from "../mfa/contract.ts";
import type { TokenFacts } from "./error-text.ts";
import { successIcon } from "./icons.ts";
import type { MessageOverrides, Messages } from "./messages.ts";
import type { SignInAttempt } from "./sign-in-attempt.ts";

/** Last used first, then last enabled: the likeliest device stands at the top. */
export function byLastUse(devices: readonly MfaDevice[]): MfaDevice[] {
  return devices.toSorted(
    (one, other) =>
      (other.lastUsedAtMs ?? 0) - (one.lastUsedAtMs ?? 0) || other.enabledAtMs - one.enabledAtMs,
  );
}

/** The choice between devices; nothing where there is none to make. */
export function renderDeviceChoice(
  devices: readonly MfaDevice[],
  chosen: MfaDevice | undefined,
  onChoose: (serialNumber: string) => void,
  text: Messages,
): TemplateResult | typeof nothing {
  if (devices.length < 2) return nothing;
  return html`<div class="field">
    <label for="device">${text.mfaDevice}</label>
    <select id="device" @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
      ${devices.map(
        ({ serialNumber, deviceName }) =>
          html`<option .value=${serialNumber} ?selected=${serialNumber === chosen?.serialNumber}>
            ${deviceName}
          </option>`,
      )}
    </select>
  </div>`;
}

/** The wait for the code after a used one; nothing where a press gives it. */
export function renderUsedCountdown(
  token: TokenFacts,
  attempt: SignInAttempt,
  messages: MessageOverrides | undefined,
): TemplateResult | typeof nothing {
  if (token.counterBased) return nothing;
  return html`<oath-countdown
    .periodSeconds=${token.periodSeconds}
    .messages=${messages}
    @oath-countdown-tick=${attempt.tick}
  ></oath-countdown>`;
}

/** The end: the code was accepted. */
export function renderAccepted(text: Messages): TemplateResult {
  return html`<div class="result" part="result">
    <span class="badge">${successIcon}</span>
    <h2 part="heading">${text.signedIn}</h2>
  </div>`;
}
