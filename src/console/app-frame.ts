import { html, nothing, svg, type TemplateResult } from "lit";
import { DEMO_ACCOUNT } from "./demo-account.ts";
import { PAGE_TEXTS } from "./page-texts.ts";
import { allowedRoutes, hashOf, type RouteName, ROUTES } from "./router.ts";
import type { SignedIn } from "./session.ts";
import type { TokenDesk } from "./token-desk.ts";
import type { PanelToggleEvent } from "./token-panel.ts";
import type { UsbPort } from "./usb-port.ts";

/** What the frame shows and whom it tells. */
export interface ConsoleFrame {
  readonly route: RouteName;
  /** Null while nobody is signed in. */
  readonly signedIn: SignedIn | null;
  readonly desk: TokenDesk | null;
  readonly usbPort: UsbPort | null;
  readonly panelOpen: boolean;
  /** The vault is under a passphrase. */
  readonly hasPassphrase: boolean;
  readonly page: TemplateResult;
  readonly onSignOut: () => void;
  readonly onStartOver: () => void;
  readonly onPanelToggle: (event: PanelToggleEvent) => void;
  readonly onSkip: () => void;
}

const LOGO = html`<svg width="30" height="30" viewBox="0 0 30 30" fill="none" aria-hidden="true">
  ${svg`<rect x="1.5" y="6" width="27" height="18" rx="9" stroke="currentColor" stroke-width="2.5" />
    <rect x="7.5" y="11.5" width="10" height="7" rx="1.75" fill="currentColor" />
    <circle cx="22.25" cy="15" r="2.25" fill="currentColor" />`}
</svg>`;

/** Header, page, footer and the desk with the virtual token. */
export function consoleFrame(frame: ConsoleFrame): TemplateResult {
  return html`
    <button class="skip" type="button" @click=${frame.onSkip}>Skip to the content</button>
    <header>
      <span class="brand">${LOGO} oath-bridge <small>demo</small></span>
      ${frame.signedIn === null ? nothing : signedInPart(frame, frame.signedIn)}
    </header>
    <div class="column">
      <main id="main" tabindex="-1">${frame.page}</main>
      <footer>
        <p>
          ${frame.hasPassphrase ? nothing : "A demo: its token vault lies in this browser without a passphrase, so import no real seeds."}
          A verdict reached in a browser proves nothing to a server.
        </p>
        ${frame.signedIn?.lostSerialNumber === null ? html`<a href=${hashOf("outbox")}>${ROUTES.outbox.title}</a>` : nothing}
        <console-start-over @console-start-over=${frame.onStartOver}></console-start-over>
      </footer>
    </div>
    <aside class=${frame.panelOpen ? "open" : "closed"} aria-label="Virtual token">
      <console-token-panel
        .desk=${frame.desk}
        .usbPort=${frame.usbPort}
        ?usb-first=${frame.route === "usb-tokens"}
        ?open=${frame.panelOpen}
        @console-panel-toggle=${frame.onPanelToggle}
      ></console-token-panel>
    </aside>
  `;
}

function signedInPart({ route, onSignOut }: ConsoleFrame, signedIn: SignedIn): TemplateResult {
  const { userName, kind } = signedIn.user;
  const pages = allowedRoutes(["home", "token-inventory", "usb-tokens", "vault"], signedIn);
  return html`
    <nav aria-label="Pages">
      ${pages.map(
        (name) =>
          html`<a href=${hashOf(name)} aria-current=${name === route ? "page" : nothing}
            >${ROUTES[name].title}</a
          >`,
      )}
    </nav>
    <console-account-menu
      account-name=${kind === "root" ? DEMO_ACCOUNT.name : PAGE_TEXTS.userAtAccount(userName, DEMO_ACCOUNT.alias)}
      role-name=${kind === "root" ? PAGE_TEXTS.rootUser : PAGE_TEXTS.iamUser}
      user-name=${userName}
      account-id=${DEMO_ACCOUNT.id}
      @console-sign-out=${onSignOut}
    ></console-account-menu>
  `;
}
