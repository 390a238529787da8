import { html, nothing, type TemplateResult } from "lit";
import type { OathToken, SupportedToken, TokenSource } from "../bridge/contract.ts";
import { deviceWords } from "./device-text.ts";
import { isFramedByOthers } from "./framed.ts";
import { usbIcon } from "./icons.ts";
import type { Messages } from "./messages.ts";
import { shortSerial } from "./same-token.ts";

/** The browser has a chooser for each of these. */
export type ChooserApi = "webusb" | "webhid";

/** Which choosers lead to a token here, and to which ones. */
export function choosersOf(source: TokenSource): { readonly api: ChooserApi; readonly names: string[] }[] {
  const rows = source.supportedTokens().filter(({ reachable }) => reachable);
  return (["webusb", "webhid"] as const).flatMap((api) => {
    const names = rows.filter((row) => row.api === api).map(({ name }) => name);
    return names.length === 0 ? [] : [{ api, names }];
  });
}

/** One button for each chooser of the browser, named for what people hold in their hands. */
export function renderChoosers(
  source: TokenSource,
  onConnect: (api: ChooserApi) => void,
  text: Messages,
): TemplateResult {
  const { token, locale } = text;
  const list = new Intl.ListFormat(locale, { type: "disjunction" });
  const choosers = choosersOf(source).map(
    ({ api, names }, index) =>
      html`<div class="chooser">
        <button
          type="button"
          class=${index === 0 ? "primary" : ""}
          ?data-focus=${index === 0}
          aria-describedby="for-${api}"
          @click=${() => onConnect(api)}
        >
          ${api === "webusb" ? token.connectUsb : token.connectHid}
        </button>
        <span class="hint" id="for-${api}">${token.forTokens(list.format(names))}</span>
      </div>`,
  );
  return html`<div class="choosers">${choosers}</div>
    ${isFramedByOthers() ? html`<p class="hint">${token.framed}</p>` : nothing}`;
}

/** The choice between several tokens that may be used. */
export function renderTokenChoice(
  tokens: readonly OathToken[],
  onUse: (token: OathToken) => void,
  text: Messages,
): TemplateResult {
  const choice = (token: OathToken, index: number) =>
    html`<li>
      <button type="button" ?data-focus=${index === 0} @click=${() => onUse(token)}>
        ${usbIcon} <bdi>${tokenName(token, text)}</bdi>
      </button>
    </li>`;
  return html`<p>${text.token.several}</p>
    <ul class="choice">
      ${tokens.map(choice)}
    </ul>`;
}

/** A token's name with the end of its number, to tell two of a kind apart. */
export function tokenName({ info }: OathToken, text: Messages): string {
  const serial = shortSerial(info.serialNumber);
  const name = deviceWords(info.name);
  return serial ? text.token.tokenNumber(name, deviceWords(serial)) : name;
}

/** The catalogue: which tokens can be read here, and what to do with the others. */
export function renderSupported(
  rows: readonly SupportedToken[],
  isOpen: boolean,
  text: Messages,
): TemplateResult {
  const { token } = text;
  const row = ({ name, api, reachable, advice }: SupportedToken) =>
    html`<li>
      <span class="token-name">${name}</span>
      <span class="state" data-reachable=${String(reachable)}>
        ${reachable ? (api === "typed" ? token.api.typed : token.readable) : token.notReadable}
      </span>
      <span class="hint">${reachable && api !== "typed" ? token.api[api] : nothing} ${advice}</span>
    </li>`;
  return html`<details class="supported" ?open=${isOpen}>
    <summary>${token.supported}</summary>
    <ul>
      ${rows.map(row)}
    </ul>
    <p class="hint">${token.typedToo}</p>
  </details>`;
}
