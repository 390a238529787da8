import { ContextConsumer } from "@lit/context";
import { property } from "lit/decorators.js";
import type { TokenSource } from "../bridge/contract.ts";
import type { MfaService } from "../mfa/contract.ts";
import { LocalizedElement } from "./localized-element.ts";
import { mfaServiceContext } from "./service-context.ts";
import { tokenSourceContext } from "./token-source-context.ts";

/** The base of the elements that call the service or read tokens. */
export abstract class OathElement extends LocalizedElement {
  /** The service to call; the nearest ancestor's unless set. */
  @property({ attribute: false }) service: MfaService | undefined;

  /** Where USB tokens come from; the nearest ancestor's unless set. Without one there is no token button. */
  @property({ attribute: false }) tokenSource: TokenSource | undefined;

  /** Whose devices these are. */
  @property({ attribute: "user-name" }) userName = "";

  readonly #sourceFromContext = new ContextConsumer(this, { context: tokenSourceContext, subscribe: true });
  readonly #fromContext = new ContextConsumer(this, { context: mfaServiceContext, subscribe: true });

  /** The service in use: the one set here, else the nearest ancestor's. */
  get activeService(): MfaService | undefined {
    return this.service ?? this.#fromContext.value;
  }

  /** The token source in use: the one set here, else the nearest ancestor's. */
  get activeTokenSource(): TokenSource | undefined {
    return this.tokenSource ?? this.#sourceFromContext.value;
  }
}
