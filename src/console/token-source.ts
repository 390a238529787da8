import { BridgeError } from "../core/bridge-error.ts";
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

const DENIED =
  "The site around this page keeps USB tokens from it. Open the page in its own tab, or type the code by hand.";

/** The tokens of the browser together with the virtual ones that are plugged in. */
export class ConsoleTokenSource implements TokenSource {
  /** Where virtual tokens are plugged in. */
  readonly port: UsbPort;
  readonly #browser: TokenSource;
  /** The browser has USB tokens, but the site around this page keeps them from it: told only by asking for them. */
  #isDenied = false;

  constructor(browser: TokenSource, port: UsbPort) {
    this.#browser = browser;
    this.port = port;
  }

  supportedTokens(): readonly SupportedToken[] {
    const rows = this.#browserRows();
    return rows.some(hasChooser) ? rows : [VIRTUAL_ROW, ...rows];
  }

  /**
   * A virtual token stands in no chooser of a browser: one that is plugged in and was forgotten is what the person means.
   * Where the browser has no chooser, any virtual one is.
   */
  async requestToken(options: RequestTokenOptions = {}): Promise<OathToken | null> {
    const { api = "webusb" } = options;
    const { port } = this;
    const canChoose = this.#browserRows().some(hasChooser);
    const meant = port.pluggedKinds.find(
      (kind) => !canChoose || (!port.isGranted(kind) && USB_TOKENS[kind].chooser === api),
    );
    return meant === undefined ? this.#browser.requestToken(options) : port.grant(meant);
  }

  async grantedTokens(): Promise<OathToken[]> {
    return [...this.port.granted(), ...(await this.#browserTokens())];
  }

  #browserRows(): readonly SupportedToken[] {
    const rows = this.#browser.supportedTokens();
    if (!this.#isDenied) return rows;
    return rows.map((row) => (hasChooser(row) ? { ...row, reachable: false, advice: DENIED } : row));
  }

  async #browserTokens(): Promise<OathToken[]> {
    try {
      return await this.#browser.grantedTokens();
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== "not-supported") throw error;
      this.#isDenied = true;
      return [];
    }
  }

  watchTokens(listener: (event: TokenEvent) => void, options: { readonly signal: AbortSignal }): void {
    this.#browser.watchTokens(listener, options);
    this.port.watch(listener, options.signal);
  }
}

function hasChooser({ reachable, api }: SupportedToken): boolean {
  return reachable && (api === "webusb" || api === "webhid");
}
