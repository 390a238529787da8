import { html, type TemplateResult } from "lit";
import { DEMO_ACCOUNT, DEMO_USERS, type DemoUser } from "../demo-account.ts";
import { SIGN_IN_TEXTS as TEXTS } from "./sign-in-texts.ts";

/** Who there is in the demo account, and their password: nobody need guess. `note` tells what the first run did. */
export function renderDemoBox(note: string, onFillIn: (user: DemoUser) => void): TemplateResult {
  return html`<section class="card quiet" aria-labelledby="demo">
    <h2 id="demo">${TEXTS.demoTitle}</h2>
    <p>${TEXTS.demoText}</p>
    <dl>
      <dt>${TEXTS.demoAccount}</dt>
      <dd><code>${DEMO_ACCOUNT.id}</code>, <code>${DEMO_ACCOUNT.alias}</code></dd>
      <dt>${TEXTS.demoPassword}</dt>
      <dd><code>${DEMO_ACCOUNT.password}</code></dd>
    </dl>
    <ul class="people" aria-label=${TEXTS.people}>
      ${DEMO_USERS.map((user) => renderPerson(user, onFillIn))}
    </ul>
    <p class="hint" role="status">${note}</p>
  </section>`;
}

function renderPerson(user: DemoUser, onFillIn: (user: DemoUser) => void): TemplateResult {
  const isRoot = user.kind === "root";
  const token = user.token ? TEXTS.hasToken(user.token.serialNumber) : TEXTS.noToken;
  return html`<li>
    <span class="person">
      <code>${user.userName}</code>
      <span class="muted">${roleText(user)}. ${token}</span>
    </span>
    <button type="button" @click=${() => onFillIn(user)}>
      ${TEXTS.fillIn}
      <span class="visually-hidden">${TEXTS.fillInFor(isRoot ? TEXTS.theRootUser : user.userName)}</span>
    </button>
  </li>`;
}

function roleText({ kind, isAdministrator }: DemoUser): string {
  if (kind === "root") return TEXTS.root;
  return isAdministrator ? TEXTS.administrator : TEXTS.iam;
}
