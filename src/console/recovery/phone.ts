import { html, type TemplateResult } from "lit";
import { DEMO_ACCOUNT } from "../demo-account.ts";
import { RECOVERY_TEXTS as TEXTS } from "./recovery-texts.ts";

/** What is done on the phone. */
export interface PhoneActions {
  readonly change: (typed: string) => void;
  readonly submit: () => void;
}

/** The simulated phone of the account's primary contact; it is dead while nobody calls. */
export function renderPhone(isRinging: boolean, typed: string, actions: PhoneActions): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    actions.submit();
  };
  return html`<section class="simulated" aria-labelledby="phone">
    <h2 id="phone">${TEXTS.phoneTitle(DEMO_ACCOUNT.phone)}</h2>
    ${
      isRinging
        ? html`<p>${TEXTS.phoneRings}</p>
            <form novalidate @submit=${submit}>
              <div class="field">
                <label for="keypad">${TEXTS.keypad}</label>
                <input
                  id="keypad"
                  type="text"
                  inputmode="numeric"
                  autocomplete="off"
                  maxlength="6"
                  .value=${typed}
                  @input=${(event: InputEvent) =>
                    actions.change((event.currentTarget as HTMLInputElement).value)}
                />
              </div>
              <button type="submit">${TEXTS.typeDigits}</button>
            </form>`
        : html`<p class="muted">${TEXTS.phoneIdle}</p>`
    }
  </section>`;
}
