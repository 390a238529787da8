import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { type MessageOverrides, type Messages, withOverrides } from "./messages.ts";

/** What every element has: texts that can be replaced. */
export abstract class LocalizedElement extends LitElement {
  /** Texts to use in place of the English ones. */
  @property({ attribute: false }) messages: MessageOverrides | undefined;

  #made: { readonly from: MessageOverrides | undefined; readonly text: Messages } | undefined;

  /** All texts, with the replaced ones in place. */
  get text(): Messages {
    if (!this.#made || this.#made.from !== this.messages) {
      this.#made = { from: this.messages, text: withOverrides(this.messages) };
    }
    return this.#made.text;
  }
}
