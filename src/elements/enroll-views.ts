import { html, nothing, type TemplateResult } from "lit";
import type { MfaDevice } from "../mfa/contract.ts";
import { formatDrift } from "./formats.ts";
import { successIcon } from "./icons.ts";
import { isolated } from "./isolated.ts";
import type { Messages } from "./messages.ts";
import { renderTextField } from "./text-field.ts";
import { tokenBack } from "./token-back.ts";

/** A text field's content and its error. */
export interface FieldState {
  readonly value: string;
  readonly error: string;
  readonly onInput: (value: string) => void;
  readonly onChange?: () => void;
}

/** The serial number's field. */
export interface SerialFieldView extends FieldState {
  readonly note: string;
  readonly readOnly: boolean;
}

/** Where the wizard is, its heading, and the way there. */
export function renderStepHeader(step: 1 | 2, text: Messages): TemplateResult {
  const names = [text.selectDevice, text.setUpDevice];
  return html`<nav aria-label=${text.progress}>
      <ol class="progress" part="progress">
        ${names.map(
          (name, index) => html`<li aria-current=${index === step - 1 ? "step" : nothing}>${name}</li>`,
        )}
      </ol>
    </nav>
    <header>
      <p class="step">${text.stepOf(step, names.length)}</p>
      <h2 part="heading" tabindex="-1">${step === 1 ? text.selectDevice : text.setUpToken}</h2>
    </header>`;
}

/** Step 1: the name and the type. */
export function renderNameStep(name: FieldState, text: Messages): TemplateResult {
  return html`${renderTextField({
      ...name,
      id: "device-name",
      label: text.deviceName,
      hint: text.deviceNameHint,
      maxLength: 128,
    })}
    <fieldset class="types">
      <legend>${text.deviceType}</legend>
      <label>
        <input type="radio" name="type" value="totp" checked aria-describedby="totp-hint" />
        <span class="name">${text.hardwareTotp}</span>
        <span class="hint" id="totp-hint">${text.hardwareTotpHint}</span>
      </label>
      ${renderTypeNotOffered("passkey", text.passkey, text)}
      ${renderTypeNotOffered("app", text.authenticatorApp, text)}
    </fieldset>`;
}

function renderTypeNotOffered(id: string, name: string, text: Messages): TemplateResult {
  return html`<label>
    <input type="radio" name="type" disabled aria-describedby="${id}-hint" />
    <span class="name">${name}</span>
    <span class="hint" id="${id}-hint">${text.notOffered}</span>
  </label>`;
}

/** Step 2: the serial number and the codes. */
export function renderTokenStep(
  serial: SerialFieldView,
  reader: TemplateResult | typeof nothing,
  codes: TemplateResult,
  text: Messages,
): TemplateResult {
  return html`<div class="serial-row">
      ${renderTextField({
        ...serial,
        id: "serial-number",
        label: text.serialNumber,
        hint: text.serialHint,
        maxLength: 256,
        isSerial: true,
      })}
      ${tokenBack}
    </div>
    <p class="muted">${text.twoCodesNeeded}</p>
    ${reader} ${codes}`;
}

/** The end: the token is added, and what its clock does. */
export function renderEnrolled(device: MfaDevice, onDone: () => void, text: Messages): TemplateResult {
  return html`<div class="stack">
    <div class="result" part="result">
      <span class="badge">${successIcon}</span>
      <h2 part="heading" tabindex="-1">${text.tokenAdded}</h2>
      <p>${isolated(text.tokenAddedAs(device.deviceName), device.deviceName)}</p>
      <p class="muted">${clockSentence(device, text)}</p>
    </div>
    <div class="actions">
      <button type="button" class="primary" @click=${onDone}>${text.done}</button>
    </div>
  </div>`;
}

/** What the token's clock does, in a sentence. */
export function clockSentence(device: MfaDevice, text: Messages): string {
  if (device.type === "hotp") return text.counterInStep;
  if (device.driftSteps === 0) return text.driftNone;
  return text.driftCorrected(formatDrift(device.driftSteps, device.periodSeconds, text));
}
