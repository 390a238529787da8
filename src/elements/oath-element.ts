import { ContextConsumer } from "@lit/context";
import { property } from "lit/decorators.js";
import type { MfaService } from "../mfa/contract.ts";
import { LocalizedElement } from "./localized-element.ts";
import { mfaServiceContext } from "./service-context.ts";

/** The base of the elements that call the service. */
export abstract class OathElement extends LocalizedElement {
  /** The service to call; the nearest ancestor's unless set. */
  @property({ attribute: false }) service: MfaService | undefined;

  /** Whose devices these are. */
  @property({ attribute: "user-name" }) userName = "";

  readonly #fromContext = new ContextConsumer(this, { context: mfaServiceContext, subscribe: true });

  /** The service in use: the one set here, else the nearest ancestor's. */
  get activeService(): MfaService | undefined {
    return this.service ?? this.#fromContext.value;
  }
}
