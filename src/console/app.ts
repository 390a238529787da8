import { ContextProvider } from "@lit/context";
import { html, LitElement, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { controlStyles } from "../elements/control-styles.ts";
import type { RefusedCodes } from "../mfa/contract.ts";
import { mfaServiceContext } from "../elements/service-context.ts";
import { themeStyles } from "../elements/theme.ts";
import { tokenSourceContext } from "../elements/token-source-context.ts";
import "./account-menu.ts";
import { appStyles } from "./app-styles.ts";
import { consoleFrame } from "./app-frame.ts";
import { type Boot, bootPage } from "./boot.ts";
import { bootProblem, STILL_OPEN } from "./boot-problem.ts";
import { type DemoService, deleteDemoData, startDemoService } from "./demo-service.ts";
import { pageMemory } from "./console-memory.ts";
import { FootHeight } from "./foot-height.ts";
import { findPageLimit } from "./page-limits.ts";
import { outdatedNotice } from "./outdated.ts";
import { pageStyles } from "./page-styles.ts";
import { impossiblePage, routePage } from "./pages.ts";
import { hashOf, resolveRoute, type RouteName, ROUTES } from "./router.ts";
import { refusedCodesNotice } from "./refused-codes.ts";
import { safeStorage } from "./safe-storage.ts";
import type { SignedIn } from "./session.ts";
import type { SignedInEvent } from "./sign-in/signed-in-event.ts";
import "./sign-in/sign-in.ts";
import "./start-over.ts";
import { withoutSuspended } from "./suspended-tokens.ts";
import type { TokenDesk } from "./token-desk.ts";
import type { PanelToggleEvent } from "./token-panel.ts";
import "./token-panel.ts";
import { vaultCover } from "./vault-cover.ts";
import { VaultGuard } from "./vault-guard.ts";
import type { ConsoleTokenSource } from "./token-source.ts";

const PANEL_KEY = "oath-console.panel";

/** The demo console: starts the service once, keeps the session, shows one page at a time. */
@customElement("console-app")
export class ConsoleApp extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, appStyles];

  /** The virtual tokens. */
  @property({ attribute: false }) desk: TokenDesk | null = null;

  /** USB tokens: the browser's and the virtual ones. */
  @property({ attribute: false }) tokenSource: ConsoleTokenSource | null = null;

  /** Starts the service; a test brings its own. */
  @property({ attribute: false }) start: () => Promise<DemoService> = () => startDemoService();

  /** Tells why the console cannot work on this page, if it cannot; a test brings its own. */
  @property({ attribute: false }) findLimit: () => string | null = findPageLimit;

  @state() private boot: Boot = { kind: "starting" };
  @state() private signedIn: SignedIn | null = null;
  @state() private refused: RefusedCodes | null = null;
  @state() private route: RouteName = "sign-in";
  @state() private panelOpen = false;
  readonly #memory = pageMemory();
  readonly #storage = safeStorage(() => localStorage);
  readonly #provider = new ContextProvider(this, { context: mfaServiceContext });
  readonly #vault = new VaultGuard(this);
  readonly #tokens = new ContextProvider(this, { context: tokenSourceContext });

  constructor() {
    super();
    this.addEventListener("console-vault-changed", () => void this.#vault.look());
    this.addEventListener("console-session-lifted", this.#lift);
    this.addController(new FootHeight(() => this.renderRoot.querySelector("aside")));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#navigate);
    this.signedIn = this.#memory.session.current;
    const remembered = this.#storage.getItem(PANEL_KEY);
    // On a phone the open panel would hide the page it belongs to; there it waits to be asked for.
    this.panelOpen = remembered === null ? matchMedia("(min-width: 64rem)").matches : remembered === "open";
    this.#navigate();
    void this.#startService();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.#navigate);
    if (this.boot.kind === "ready") void this.boot.demo.service.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("tokenSource")) this.#tokens.setValue(this.tokenSource ?? undefined);
  }

  protected override render() {
    if (this.boot.kind === "impossible") return impossiblePage(this.boot.problem);
    const service = this.boot.kind === "ready" ? this.boot.demo.service : null;
    const person = { isSignedIn: this.signedIn !== null, onLeave: this.#signOut };
    const cover = vaultCover(this.#vault, service, person);
    return html`${cover}${consoleFrame({
      route: this.route,
      signedIn: this.signedIn,
      desk: this.desk,
      usbPort: this.tokenSource?.port ?? null,
      panelOpen: this.panelOpen,
      hasPassphrase: (this.#vault.state ?? "new") !== "new",
      page: html`${outdatedNotice(this.#vault.isOutdated)} ${refusedCodesNotice(this.refused, this.#dismiss)}
      ${this.#page()}`,
      onSignOut: this.#signOut,
      onStartOver: () => void this.#startOver(),
      onPanelToggle: this.#togglePanel,
      onSkip: this.#skip,
    })}`;
  }

  #page() {
    const { boot, signedIn } = this;
    if (boot.kind !== "ready") return bootPage(boot, () => void this.#startService());
    const { demo } = boot;
    // Locked later, a page stays as it is below the lock screen.
    if (this.#vault.state === "locked" && !this.#vault.hasBeenOpen) return html``;
    if (signedIn === null) {
      const note =
        demo.imported > 0
          ? `${demo.imported} sample tokens were imported.`
          : "The sample tokens are imported.";
      return html`<console-sign-in
        .service=${demo.service}
        .memory=${this.#memory}
        .note=${note}
        @console-signed-in=${this.#signedIn}
      ></console-sign-in>`;
    }
    return routePage(this.route, {
      signedIn,
      memory: this.#memory,
      service: demo.service,
      vaultState: this.#vault.state ?? "new",
    });
  }

  protected override updated(changed: PropertyValues): void {
    document.title = `${ROUTES[this.route].title} – oath-bridge console`;
    const routeWas: unknown = changed.get("route");
    // Not at the first showing: a page that has just been loaded leaves the focus where the browser has it.
    if (routeWas !== undefined && this.hasUpdated) void this.#focusHeading();
  }

  async #focusHeading(): Promise<void> {
    const signIn = this.renderRoot.querySelector("console-sign-in");
    await signIn?.updateComplete;
    const page = this.renderRoot.querySelector("console-credentials");
    await page?.updateComplete;
    ((signIn ?? page)?.renderRoot ?? this.renderRoot).querySelector<HTMLElement>("h1")?.focus();
  }

  #startService = async () => {
    const limit = this.findLimit();
    if (limit !== null) {
      this.boot = { kind: "impossible", problem: limit };
      return;
    }
    this.boot = { kind: "starting" };
    try {
      const demo = await this.start();
      this.#provider.setValue(withoutSuspended(demo.service, this.#memory.suspended));
      await this.#vault.watch(demo.service);
      this.boot = { kind: "ready", demo };
    } catch (error) {
      this.boot = { kind: "failed", problem: bootProblem(error) };
    }
  };

  #navigate = () => {
    this.route = resolveRoute(location.hash, this.signedIn);
  };

  #signedIn = (event: SignedInEvent) => {
    this.#memory.session.start(event.signedIn);
    this.signedIn = event.signedIn;
    this.refused = event.refused;
    this.#navigate();
  };

  #lift = () => {
    if (!this.signedIn) return;
    this.signedIn = { ...this.signedIn, lostSerialNumber: null };
    this.#memory.session.start(this.signedIn);
  };

  #dismiss = () => {
    this.refused = null;
    void this.#focusHeading();
  };

  #signOut = () => {
    this.refused = null;
    this.#memory.session.end();
    this.signedIn = null;
    location.hash = hashOf("sign-in");
    this.#navigate();
  };

  #startOver = async () => {
    if (this.boot.kind === "starting" || this.boot.kind === "impossible") return;
    // Also from a failed start: damaged data may be what made it fail.
    const service = this.boot.kind === "ready" ? this.boot.demo.service : null;
    this.boot = { kind: "starting" };
    this.#signOut();
    this.#memory.clear();
    this.tokenSource?.port.reset();
    await this.desk?.reset();
    // The desk is the same object as before: the panel would not notice.
    this.renderRoot.querySelector("console-token-panel")?.requestUpdate();
    try {
      if (await deleteDemoData(service)) await this.#startService();
      else this.boot = { kind: "failed", problem: STILL_OPEN };
    } catch (error) {
      this.boot = { kind: "failed", problem: bootProblem(error) };
    }
  };

  #togglePanel = (event: PanelToggleEvent) => {
    this.panelOpen = event.open;
    this.#storage.setItem(PANEL_KEY, event.open ? "open" : "closed");
  };

  // A button, not a link to #main: what follows # in the address names the page.
  #skip = () => {
    this.renderRoot.querySelector<HTMLElement>("main")?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-app": ConsoleApp;
  }
}
