import { ContextConsumer } from "@lit/context";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { TokenSource } from "../bridge/contract.ts";
import { canReadTokens, hasTokenApi, loadBrowserTokens } from "./browser-tokens.ts";
import { tokenSourceContext } from "./token-source-context.ts";

/** An element that reads tokens. */
export interface TokenSourceHost extends ReactiveControllerHost, HTMLElement {
  /** The source set on the element; null for none at all. */
  readonly tokenSource: TokenSource | null | undefined;
}

/** Which token source an element uses: the one set on it, else the nearest ancestor's, else the browser's own. */
export class TokenSourceAccess implements ReactiveController {
  readonly #host: TokenSourceHost;
  readonly #isLazy: boolean;
  readonly #fromContext: ContextConsumer<typeof tokenSourceContext, TokenSourceHost>;
  #browsers: TokenSource | undefined;
  #loading: "not-yet" | "running" | "failed" = "not-yet";

  /** @param options.isLazy the browser's own tokens wait for {@link load} */
  constructor(host: TokenSourceHost, { isLazy = false } = {}) {
    this.#host = host;
    this.#isLazy = isLazy;
    this.#fromContext = new ContextConsumer(host, { context: tokenSourceContext, subscribe: true });
    host.addController(this);
  }

  /** Undefined where there is none, and until the browser's own is loaded. */
  get current(): TokenSource | undefined {
    const { tokenSource } = this.#host;
    if (tokenSource === null) return undefined;
    return tokenSource ?? this.#fromContext.value ?? this.#browsers;
  }

  /** True where there is no source and none will come. */
  get isMissing(): boolean {
    return this.#host.tokenSource === null || (this.#loading === "failed" && this.current === undefined);
  }

  /** True where it is worth asking: some token can be read, as far as that is known before loading. */
  get isPromising(): boolean {
    if (this.isMissing) return false;
    const { current } = this;
    return current ? canReadTokens(current) : hasTokenApi();
  }

  hostUpdate(): void {
    if (!this.#isLazy && this.#loading === "not-yet" && !this.isMissing && !this.current) void this.load();
  }

  /** The source in use; undefined where the part that reads tokens could not be fetched. Typing works all the same. */
  async load(): Promise<TokenSource | undefined> {
    if (this.current || this.isMissing) return this.current;
    this.#loading = "running";
    try {
      this.#browsers = await loadBrowserTokens();
      this.#loading = "not-yet";
    } catch {
      this.#loading = "failed";
    }
    this.#host.requestUpdate();
    return this.current;
  }
}
