import { BridgeError } from "../core/bridge-error.ts";
import { isChooserDismissed, toBridgeError } from "../transports/dom-exceptions.ts";
import { hidToken, usbToken } from "./browser-tokens.ts";
import { catalogue, HID_FILTERS, USB_FILTERS } from "./catalogue.ts";
import type { OathToken, RequestTokenOptions, SupportedToken, TokenEvent, TokenSource } from "./contract.ts";
import type { Locks } from "./one-owner.ts";

/** What a page may have of a browser: any of it may be missing. */
export interface BrowserApis {
  readonly usb?: USB | undefined;
  readonly hid?: HID | undefined;
  readonly locks?: Locks | undefined;
  readonly hasSmartCard?: boolean;
  /** Tells whether a press or key of the person is under way: choosers open only then. */
  readonly hasGesture?: () => boolean;
}

/** Tokens of this browser: those it lets a page have through WebUSB and WebHID. */
export class BrowserTokenSource implements TokenSource {
  readonly #apis: BrowserApis;
  /** One token for one device, so that a token that comes again is known again. */
  readonly #tokens = new WeakMap<object, OathToken>();

  constructor(apis: BrowserApis) {
    this.#apis = apis;
  }

  supportedTokens(): readonly SupportedToken[] {
    const { usb, hid, hasSmartCard = false } = this.#apis;
    return catalogue({ webusb: usb !== undefined, webhid: hid !== undefined, smartCard: hasSmartCard });
  }

  /** Rejects with `not-supported` (no such API, or denied to this page). */
  async requestToken({ api = "webusb" }: RequestTokenOptions = {}): Promise<OathToken | null> {
    const { usb, hid } = this.#apis;
    if ((api === "webusb" ? usb : hid) === undefined) throw missing();
    // Asked before the call, which uses the gesture up.
    const hadGesture = this.#apis.hasGesture?.() ?? true;
    try {
      const device =
        api === "webusb"
          ? await usb?.requestDevice({ filters: [...USB_FILTERS] })
          : (await hid?.requestDevice({ filters: [...HID_FILTERS] }))?.[0];
      return device ? this.#tokenOf(device) : null;
    } catch (error) {
      if (isChooserDismissed(error)) return null;
      throw toBridgeError(error, "request", { hadGesture });
    }
  }

  async grantedTokens(): Promise<OathToken[]> {
    const { usb, hid } = this.#apis;
    try {
      const devices = [...((await usb?.getDevices()) ?? []), ...((await hid?.getDevices()) ?? [])];
      // A Nitrokey is several HID devices to the browser where it has several collections: one token all the same.
      const tokens = devices.flatMap((device) => this.#tokenOf(device) ?? []);
      return [...new Set(tokens)];
    } catch (error) {
      throw toBridgeError(error, "list");
    }
  }

  watchTokens(listener: (event: TokenEvent) => void, { signal }: { readonly signal: AbortSignal }): void {
    const tell = (kind: TokenEvent["kind"]) => (event: Event) => {
      const token = this.#tokenOf((event as USBConnectionEvent | HIDConnectionEvent).device);
      if (token) listener({ kind, token });
    };
    for (const events of [this.#apis.usb, this.#apis.hid] as (EventTarget | undefined)[]) {
      events?.addEventListener("connect", tell("plugged"), { signal });
      events?.addEventListener("disconnect", tell("unplugged"), { signal });
    }
  }

  #tokenOf(device: USBDevice | HIDDevice): OathToken | null {
    const known = this.#tokens.get(device);
    if (known) return known;
    const { usb, hid, locks } = this.#apis;
    const token =
      "configurations" in device
        ? usb && usbToken(device, { events: usb, locks })
        : hid && hidToken(device, { events: hid, locks });
    if (token) this.#tokens.set(device, token);
    return token ?? null;
  }
}

function missing(): BridgeError {
  return new BridgeError(
    "not-supported",
    "This browser gives pages no way to USB tokens. Open the page over https in a Chromium browser, or type the code.",
  );
}
