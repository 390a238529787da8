import type { ReactiveControllerHost } from "lit";
import type { LastImport, LocalMfaService } from "../mfa/local-contract.ts";

/** The last import, as long as it can be undone; also one of another tab or of before a reload. */
export class LastImportWatch {
  readonly #host: ReactiveControllerHost;
  #found: LastImport | null = null;
  #question = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get found(): LastImport | null {
    return this.#found;
  }

  /** Asks anew. Where it cannot be told there is nothing to undo; the list beside it says what is wrong. */
  async load(service: LocalMfaService): Promise<void> {
    const question = ++this.#question;
    const found = await service.lastImport().catch(() => null);
    // A newer question, perhaps to another service, has overtaken this one.
    if (question !== this.#question) return;
    this.#found = found;
    this.#host.requestUpdate();
  }
}
