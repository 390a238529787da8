import type {
  OathToken,
  RequestTokenOptions,
  SupportedToken,
  TokenEvent,
  TokenSource,
} from "../bridge/index.ts";
import type { UsbPort } from "./usb-port.ts";
import { USB_TOKENS } from "./usb-token-models.ts";

/** Stands in the catalogue where a browser reaches no token: without a row to reach, no reading is offered at all. */
const VIRTUAL_ROW: SupportedToken = {
  name: "Virtual USB token of this demo",
  api: "webusb",
  usb: [],
  reads: ["codes", "list", "serial-number"],
  reachable: true,
  advice: "Plug one in under Virtual USB token, in the panel of this page.",
};

/** The tokens of the browser together with the virtual ones that are plugged in. */
export class ConsoleTokenSource implements TokenSource {
  /** Where virtual tokens are plugged in. */
  readonly port: UsbPort;
  readonly #browser: TokenSource;

  constructor(browser: TokenSource, port: UsbPort) {
    this.#browser = browser;
    this.port = port;
  }

  supportedTokens(): readonly SupportedToken[] {
    const rows = this.#browser.supportedTokens();
    return rows.some(hasChooser) ? rows : [VIRTUAL_ROW, ...rows];
  }

  /**
   * A virtual token stands in no chooser of a browser: one that is plugged in and was forgotten is what the person means.
   * Where the browser has no chooser, any virtual one is.
   */
  async requestToken(options: RequestTokenOptions = {}): Promise<OathToken | null> {
    const { api = "webusb" } = options;
    const { port } = this;
    const canChoose = this.#browser.supportedTokens().some(hasChooser);
    const meant = port.pluggedKinds.find(
      (kind) => !canChoose || (!port.isGranted(kind) && USB_TOKENS[kind].chooser === api),
    );
    return meant === undefined ? this.#browser.requestToken(options) : port.grant(meant);
  }

  async grantedTokens(): Promise<OathToken[]> {
    return [...this.port.granted(), ...(await this.#browser.grantedTokens())];
  }

  watchTokens(listener: (event: TokenEvent) => void, options: { readonly signal: AbortSignal }): void {
    this.#browser.watchTokens(listener, options);
    this.port.watch(listener, options.signal);
  }
}

function hasChooser({ reachable, api }: SupportedToken): boolean {
  return reachable && (api === "webusb" || api === "webhid");
}
