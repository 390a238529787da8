import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { MfaDevice, MfaDeviceState } from "../mfa/contract.ts";
import { formatDay, formatDrift, formatMoment } from "./formats.ts";
import { clockIcon, lockIcon, successIcon, tokenIcon, warningIcon } from "./icons.ts";
import type { Messages } from "./messages.ts";

const STATE_ICONS: Record<MfaDeviceState, TemplateResult> = {
  active: successIcon,
  "out-of-sync": clockIcon,
  locked: lockIcon,
};

/** The list of devices, one of them chosen. Roles are written out, for `display` takes them away on narrow screens. */
export function renderDeviceTable(
  devices: readonly MfaDevice[],
  selected: string | undefined,
  onSelect: (serialNumber: string) => void,
  text: Messages,
): TemplateResult {
  const columns = [text.deviceName, text.type, text.identifier, text.createdOn, text.lastUsed, text.status];
  return html`<table role="table" part="table" aria-labelledby="title">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col"><span class="visually-hidden">${text.select}</span></th>
        ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        devices,
        ({ serialNumber }) => serialNumber,
        (device) => renderRow(device, device.serialNumber === selected, onSelect, text),
      )}
    </tbody>
  </table>`;
}

function renderRow(
  device: MfaDevice,
  isSelected: boolean,
  onSelect: (serialNumber: string) => void,
  text: Messages,
): TemplateResult {
  const { deviceName, serialNumber, type, enabledAtMs, lastUsedAtMs } = device;
  return html`<tr role="row" class=${isSelected ? "selected" : ""} @click=${() => onSelect(serialNumber)}>
    <td role="cell" class="choice">
      <input
        type="radio"
        name="device"
        aria-label=${text.selectDeviceNamed(deviceName)}
        .checked=${live(isSelected)}
        @change=${() => onSelect(serialNumber)}
      />
    </td>
    <td role="cell" class="name">${tokenIcon}<bdi>${deviceName}</bdi></td>
    <td role="cell" data-label=${text.type}>${type === "totp" ? text.hardwareTotp : text.counterBased}</td>
    <td role="cell" data-label=${text.identifier}><bdi class="serial">${serialNumber}</bdi></td>
    <td role="cell" data-label=${text.createdOn}>${formatDay(enabledAtMs, text)}</td>
    <td role="cell" data-label=${text.lastUsed}>
      ${lastUsedAtMs === undefined ? text.neverUsed : formatMoment(lastUsedAtMs, text)}
    </td>
    <td role="cell" data-label=${text.status}>${renderStatus(device, text)}</td>
  </tr>`;
}

function renderStatus({ state, type, driftSteps, periodSeconds }: MfaDevice, text: Messages): TemplateResult {
  // Out of sync means just that the drift we hold is no longer the token's.
  const isKnown = type === "totp" && state !== "out-of-sync";
  const clock = isKnown ? text.clock(formatDrift(driftSteps, periodSeconds, text)) : "";
  return html`<span class="status">
    <span class="state" data-state=${state}>${STATE_ICONS[state]}${text.state[state]}</span>
    <span class="muted">${clock}</span>
  </span>`;
}

/** No device yet: what that means, and what to do. */
export function renderEmpty(text: Messages): TemplateResult {
  return html`<div class="empty" part="empty">
    ${warningIcon}
    <h3>${text.emptyTitle}</h3>
    <p class="muted">${text.emptyText}</p>
  </div>`;
}
