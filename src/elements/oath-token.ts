import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Credential, OathToken as UsbToken, TokenSource } from "../bridge/contract.ts";
import { Announcer } from "./announcer.ts";
import { bridgeErrorText } from "./bridge-error-text.ts";
import { canReadTokens } from "./browser-tokens.ts";
import { type ChooserApi, renderSupported, tokenName } from "./connect-view.ts";
import { type ConnectionState, tokenOf } from "./connection-state.ts";
import { controlStyles } from "./control-styles.ts";
import { CopyFeedback } from "./copy-feedback.ts";
import { credentialStyles } from "./credential-styles.ts";
import { CredentialBoard } from "./credential-board.ts";
import { dialogStyles } from "./dialog-styles.ts";
import { OathCodeEvent, OathCredentialEvent } from "./events.ts";
import { usbIcon } from "./icons.ts";
import { OathElement } from "./oath-element.ts";
import { isSameToken } from "./same-token.ts";
import { themeStyles } from "./theme.ts";
import { IdleRelease } from "./idle-release.ts";
import { TokenConnection } from "./token-connection.ts";
import { TokenDialog } from "./token-dialog.ts";
import { renderTokenState } from "./token-state-view.ts";
import { tokenStyles } from "./token-styles.ts";
import { TokenTools } from "./token-tools.ts";
import { touchStyles } from "./touch-styles.ts";
import { typesStyles } from "./types-styles.ts";
import { unlockStyles } from "./unlock-styles.ts";
import { TouchPrompt } from "./touch-prompt.ts";
import { renderAccounts } from "./accounts-view.ts";

/**
 * A USB token: connects it, unlocks it, lists its accounts with live codes, and writes, renames and deletes them. Codes are
 * read in the page and go nowhere by themselves; the session is closed as soon as the element leaves the page.
 * @fires oath-credential - {@link OathCredentialEvent}, an account was chosen
 * @fires oath-code - {@link OathCodeEvent}, each code of the chosen account
 * @csspart section - the card
 * @csspart heading - its heading
 * @csspart list - the accounts
 * @csspart credential - one account
 * @csspart code - a code
 * @csspart touch - the request for a touch
 * @csspart input - the text fields
 * @csspart dialog - the dialog that changes the token
 * @csspart alert - a message
 */
export class OathToken extends OathElement {
  static override styles = [
    themeStyles,
    controlStyles,
    typesStyles,
    touchStyles,
    unlockStyles,
    tokenStyles,
    credentialStyles,
    dialogStyles,
  ];

  /** The clock the codes are made for: Unix milliseconds. */
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private search = "";
  @state() private selectedId: string | null = null;

  readonly #announcer = new Announcer(this);
  readonly #touch = new TouchPrompt(this, this.#announcer);
  readonly #copy = new CopyFeedback(this, this.#announcer);
  readonly #dialog = new TokenDialog(this, this.#announcer, this.#touch);
  readonly #connection = new TokenConnection(this, (next) => this.#entered(next));
  readonly #board = new CredentialBoard(this, this.#touch, {
    onCode: (credential) => this.#tellCode(credential),
    onRefused: (_, error) => this.#announcer.alert(bridgeErrorText(error, this.text)),
    onError: (error) => void this.#connection.fail(error),
  });
  readonly #tools = new TokenTools(this, {
    announcer: this.#announcer,
    connection: this.#connection,
    dialog: this.#dialog,
    touch: this.#touch,
    copy: this.#copy,
  });
  protected readonly idleRelease = new IdleRelease(this, this.#connection, () => this.#dialog.isOpen);
  #loadedFrom: TokenSource | undefined;
  /** The list last seen, which keeps its place while the token is away. */
  #kept: { readonly token: UsbToken; readonly credentials: readonly Credential[] } | null = null;
  #lastKind: ConnectionState["kind"] = "idle";
  /** The person pressed something, so the focus follows. */
  #isByHand = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("pageshow", this.#shown);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("pageshow", this.#shown);
    this.#loadedFrom = undefined;
  }

  /** Coming back by the browser's history, the page is as it was, but its session is closed. */
  readonly #shown = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) void this.#connection.load();
  };

  protected override willUpdate(): void {
    const { activeTokenSource: source } = this;
    if (source === this.#loadedFrom || !this.isConnected) return;
    this.#loadedFrom = source;
    void this.#connection.close().then(() => (this.isConnected ? this.#connection.load() : undefined));
  }

  protected override updated(_changed: PropertyValues): void {
    const { kind } = this.#connection.state;
    if (!this.#isByHand || kind === "opening" || kind === "reading" || kind === "choosing") return;
    this.#isByHand = false;
    // What was pressed may still be there; a wrong password goes back to its field all the same.
    if (kind !== "locked" && this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>("[data-focus]")?.focus();
  }

  #entered(next: ConnectionState): void {
    const token = tokenOf(next);
    if (next.kind === "ready") {
      this.#kept = { token: next.token, credentials: next.credentials };
      if (this.#lastKind !== "ready") this.#announce(next);
      this.#lastKind = "ready";
      this.#board.start(next.session, next.credentials);
      return;
    }
    this.#lastKind = next.kind;
    this.#dialog.close();
    this.#board.stop();
    if (!token || !this.#kept || !isSameToken(token, this.#kept.token)) this.#forgetPlace();
    this.#announce(next);
  }

  #forgetPlace(): void {
    this.#kept = null;
    this.search = "";
    this.selectedId = null;
  }

  #announce(next: ConnectionState): void {
    const { token } = this.text;
    const name = "token" in next && next.token ? tokenName(next.token, this.text) : "";
    if (next.kind === "opening") this.#announcer.say(token.opening(name));
    else if (next.kind === "choosing") this.#announcer.say(token.choosing);
    else if (next.kind === "ready") this.#announcer.say(token.connected(name));
    else if (next.kind === "unplugged") this.#announcer.say(token.removed);
    else if (next.kind === "locked" && next.error === null) this.#announcer.say(token.locked(name));
    else if (next.kind === "locked" || next.kind === "failed") {
      this.#announcer.alert(bridgeErrorText(next.error, this.text));
    }
  }

  readonly #select = (credential: Credential): void => {
    const token = tokenOf(this.#connection.state);
    this.selectedId = this.selectedId === credential.id ? null : credential.id;
    if (!token || this.selectedId === null) return;
    this.dispatchEvent(new OathCredentialEvent(token, credential));
    this.#tellCode(credential);
  };

  /** A code by hand is wanted for something: its account becomes the chosen one. */
  readonly #show = async (credential: Credential): Promise<void> => {
    if (this.selectedId !== credential.id) this.#select(credential);
    await this.#board.show(credential);
  };

  #tellCode(credential: Credential): void {
    const code = credential.id === this.selectedId ? this.#board.codeOf(credential) : null;
    if (code) this.dispatchEvent(new OathCodeEvent(code));
  }

  readonly #byHand = (work: Promise<void>): void => {
    this.#isByHand = true;
    void work;
    this.requestUpdate();
  };

  protected override render(): TemplateResult {
    const { text, activeTokenSource: source } = this;
    return html`<section part="section" aria-labelledby="title">
        <div class="head">
          <span class="badge">${usbIcon}</span>
          <div>
            <h2 id="title" part="heading">${text.token.title}</h2>
            <p class="muted">${text.token.intro}</p>
          </div>
        </div>
        ${source ? this.#renderWith(source) : this.hasNoTokens ? html`<p>${text.token.noReader}</p>` : nothing}
      </section>
      ${this.#dialog.render()} ${this.#announcer.render()}`;
  }

  #renderWith(source: TokenSource): TemplateResult {
    const { text } = this;
    const { state: connection } = this.#connection;
    const events = {
      onConnect: (api: ChooserApi) => this.#byHand(this.#connection.connect(api)),
      onUse: (token: UsbToken) => this.#byHand(this.#connection.use(token)),
      onUnlock: (password: string) => this.#byHand(this.#connection.unlock(password)),
      onRetry: (takeOver?: boolean) => this.#byHand(this.#connection.retry(takeOver)),
    };
    const canRead = canReadTokens(source);
    return html`${canRead || connection.kind !== "idle" ? renderTokenState(connection, source, events, text) : this.#renderNotSupported()}
    ${this.#dialog.isOpen ? nothing : this.#touch.render()} ${this.#renderAccounts()}
    ${connection.kind === "ready" ? this.#tools.render(connection) : nothing}
    ${renderSupported(source.supportedTokens(), !canRead, text)}`;
  }

  #renderNotSupported(): TemplateResult {
    const { token } = this.text;
    return html`<div class="unsupported">
      <h3>${token.notSupportedTitle}</h3>
      <p>${token.notSupported}</p>
    </div>`;
  }

  #renderAccounts(): TemplateResult | typeof nothing {
    if (!this.#kept) return nothing;
    const { state: connection } = this.#connection;
    return renderAccounts(
      {
        credentials: this.#kept.credentials,
        abilities: connection.kind === "ready" ? connection.session.abilities : null,
        search: this.search,
        selectedId: this.selectedId,
        board: this.#board,
        copy: this.#copy,
        now: this.now,
        messages: this.messages,
        onSearch: (search) => (this.search = search),
        onSelect: this.#select,
        onShow: (credential) => void this.#show(credential),
        onRename: this.#tools.rename,
        onDelete: this.#tools.delete,
      },
      this.text,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-token": OathToken;
  }
}
