import { ContextConsumer } from "@lit/context";
import { property } from "lit/decorators.js";
import type { TokenSource } from "../bridge/contract.ts";
import type { MfaService } from "../mfa/contract.ts";
import { LocalizedElement } from "./localized-element.ts";
import { mfaServiceContext } from "./service-context.ts";
import { TokenSourceAccess } from "./token-source-access.ts";

/** The base of the elements that call the service or read tokens. */
export abstract class OathElement extends LocalizedElement {
  /** The service to call; the nearest ancestor's unless set. */
  @property({ attribute: false }) service: MfaService | undefined;

  /** Where USB tokens come from: the nearest ancestor's source unless set, else the browser's own; null for none. */
  @property({ attribute: false }) tokenSource: TokenSource | null | undefined;

  /** Whose devices these are. */
  @property({ attribute: "user-name" }) userName = "";

  readonly #tokens = new TokenSourceAccess(this);
  readonly #fromContext = new ContextConsumer(this, { context: mfaServiceContext, subscribe: true });

  /** The service in use: the one set here, else the nearest ancestor's. */
  get activeService(): MfaService | undefined {
    return this.service ?? this.#fromContext.value;
  }

  /** The token source in use; undefined for none, and for the moment in which the browser's own is loaded. */
  get activeTokenSource(): TokenSource | undefined {
    return this.#tokens.current;
  }

  /** True where there is no token source, and none will come. */
  protected get hasNoTokens(): boolean {
    return this.#tokens.isMissing;
  }
}
