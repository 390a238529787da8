import { html, nothing, type TemplateResult } from "lit";
import type { MfaDevice } from "../../mfa/contract.ts";
import type { DemoUser } from "../demo-account.ts";
import { TROUBLE_TEXTS as TEXTS } from "./trouble-texts.ts";

/** What leads where. */
export interface WaysActions {
  readonly useDevice: (serialNumber: string) => void;
  readonly recover: () => void;
  readonly ask: () => void;
  readonly support: () => void;
}

/** Every way in beside the token, and of those that are closed the reason. `others` are the devices left. */
export function renderWays(
  user: DemoUser,
  others: readonly MfaDevice[],
  actions: WaysActions,
): TemplateResult {
  const isRoot = user.kind === "root";
  const [other] = others;
  return html`<ul class="ways">
    ${
      other
        ? others.map(({ deviceName, serialNumber }) =>
            renderWay(TEXTS.other, TEXTS.otherText(deviceName), () => actions.useDevice(serialNumber)),
          )
        : renderWay(TEXTS.other, TEXTS.otherNone, null)
    }
    ${
      isRoot
        ? renderWay(TEXTS.factors, TEXTS.factorsText, actions.recover)
        : renderWay(TEXTS.factors, TEXTS.factorsNone, null)
    }
    ${renderWay(TEXTS.codes, TEXTS.codesNone, null)}
    ${
      isRoot
        ? renderWay(TEXTS.administrator, TEXTS.administratorNone, null)
        : renderWay(TEXTS.administrator, TEXTS.administratorText, actions.ask)
    }
    ${renderWay(TEXTS.support, TEXTS.supportText, actions.support)}
  </ul>`;
}

function renderWay(name: string, text: string, onUse: (() => void) | null): TemplateResult {
  return html`<li class=${onUse ? "open" : "closed"}>
    <span>
      <strong>${name}</strong>
      <span class="hint">${text}</span>
    </span>
    ${
      onUse
        ? html`<button type="button" @click=${onUse}>
            ${TEXTS.use} <span class="visually-hidden">${name}</span>
          </button>`
        : nothing
    }
  </li>`;
}

/** What to do about the administrator. */
export function renderAsk(wasSent: boolean, onSend: () => void): TemplateResult {
  return html`<p>${TEXTS.askText}</p>
    <ol class="steps">
      ${TEXTS.askSteps.map((step) => html`<li>${step}</li>`)}
    </ol>
    <div class="actions">
      <button type="button" aria-disabled=${wasSent ? "true" : nothing} @click=${wasSent ? nothing : onSend}>
        ${TEXTS.send}
      </button>
    </div>
    <p class="note" role="status">${wasSent ? TEXTS.sent : ""}</p>`;
}

/** The dead end, said honestly. */
export function renderSupport({ kind }: DemoUser): TemplateResult {
  const isRoot = kind === "root";
  return html`<p>${isRoot ? TEXTS.supportOfRoot : TEXTS.supportOfIam}</p>
    <div>
      <h2>${TEXTS.proofTitle}</h2>
      <ul class="steps">
        ${(isRoot ? TEXTS.proofOfRoot : TEXTS.proofOfIam).map((proof) => html`<li>${proof}</li>`)}
      </ul>
    </div>
    <p class="hint">${TEXTS.demo}</p>`;
}
