import type { ReactiveControllerHost } from "lit";
import type { MfaService } from "../mfa/contract.ts";
import type { SequenceToken } from "./code-sequence.ts";
import type { SerialFieldView } from "./enroll-views.ts";
import { TokenLookup } from "./token-lookup.ts";

/** The element that shows the field. */
export interface SerialFieldHost extends ReactiveControllerHost {
  readonly activeService: MfaService | undefined;
}

/** The serial number as it is typed, or as a token gave it, and what the service knows of that token. */
export class SerialField {
  value = "";
  error = "";
  /** Where a number that nobody typed comes from. */
  note = "";
  readonly #host: SerialFieldHost;
  readonly #lookup: TokenLookup;

  constructor(host: SerialFieldHost) {
    this.#host = host;
    this.#lookup = new TokenLookup(host);
  }

  /** What the codes of the token look like, where that is known. */
  get found(): SequenceToken | null {
    return this.#lookup.found;
  }

  clear(): void {
    this.value = this.error = this.note = "";
    this.#lookup.clear();
  }

  fail(error: string): void {
    this.error = error;
    this.#host.requestUpdate();
  }

  /** Takes a number from a token, unless one stands here already. */
  offer(serialNumber: string, note: string): void {
    if (this.value.trim() !== "") return;
    this.value = serialNumber;
    this.error = "";
    this.note = note;
    this.#ask();
  }

  view(readOnly: boolean): SerialFieldView {
    const { value, error, note } = this;
    return { value, error, note, readOnly, onInput: this.#type, onChange: () => this.#ask() };
  }

  readonly #type = (value: string): void => {
    this.value = value;
    this.error = this.note = "";
    this.#host.requestUpdate();
  };

  #ask(): void {
    void this.#lookup.ask(this.#host.activeService, this.value);
    this.#host.requestUpdate();
  }
}
