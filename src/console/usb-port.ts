import { BridgeError, type OathToken, type TokenEvent } from "../bridge/index.ts";
import {
  makeUsbToken,
  type ModelOptions,
  USB_TOKEN_KINDS,
  type UsbTokenKind,
  type UsbTokenModel,
} from "./usb-token-models.ts";

interface Plug {
  /** Aborted when the token is pulled out. */
  readonly pulled: AbortController;
  /** False after the page has forgotten the token. */
  isGranted: boolean;
}

interface Entry {
  readonly model: UsbTokenModel;
  readonly token: OathToken;
}

/** The USB sockets of the demo: virtual tokens that a person plugs in, touches and pulls out. */
export class UsbPort {
  readonly #options: ModelOptions;
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<(event: TokenEvent) => void>();
  /** One token of a kind for as long as the page lives: what was written to it is there when it comes back. */
  readonly #entries = new Map<UsbTokenKind, Entry>();
  readonly #plugs = new Map<UsbTokenKind, Plug>();
  readonly #owned = new WeakSet<UsbTokenModel>();

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  isPlugged(kind: UsbTokenKind): boolean {
    return this.#plugs.has(kind);
  }

  /** True while a token blinks. */
  waitsForTouch(kind: UsbTokenKind): boolean {
    return this.#entries.get(kind)?.model.touchSpot?.waitsForTouch ?? false;
  }

  /** Plugs a token in, and lets the page have it at once; nothing happens when it is in. */
  plugIn(kind: UsbTokenKind): void {
    if (this.isPlugged(kind)) return;
    this.#plugs.set(kind, { pulled: new AbortController(), isGranted: true });
    this.#tell({ kind: "plugged", token: this.#entry(kind).token });
  }

  /** Pulls a token out in the middle of whatever it does. */
  pullOut(kind: UsbTokenKind): void {
    const plug = this.#plugs.get(kind);
    if (!plug) return;
    const { model, token } = this.#entry(kind);
    this.#plugs.delete(kind);
    // Before the power goes, so that an exchange under way ends as unplugged and not with what the token says at last.
    plug.pulled.abort();
    model.powerOff();
    if (plug.isGranted) this.#tell({ kind: "unplugged", token });
    else this.#changed();
  }

  touch(kind: UsbTokenKind): void {
    this.#entries.get(kind)?.model.touchSpot?.touch();
  }

  /** Pulls everything out and puts new tokens in their place. */
  reset(): void {
    for (const kind of USB_TOKEN_KINDS) this.pullOut(kind);
    this.#entries.clear();
  }

  /** Tokens that are plugged in and that the page was not told to forget. */
  granted(): OathToken[] {
    return this.#kinds(true).map((kind) => this.#entry(kind).token);
  }

  /** Kinds that are plugged in, forgotten ones first. */
  get pluggedKinds(): readonly UsbTokenKind[] {
    return [...this.#kinds(false), ...this.#kinds(true)];
  }

  isGranted(kind: UsbTokenKind): boolean {
    return this.#plugs.get(kind)?.isGranted ?? false;
  }

  /** Lets the page have a token that is plugged in. */
  grant(kind: UsbTokenKind): OathToken {
    const plug = this.#plugs.get(kind);
    if (!plug) throw new RangeError("the token is not plugged in");
    plug.isGranted = true;
    return this.#entry(kind).token;
  }

  /** Tells of tokens of the page that come and go, until the signal is aborted. */
  watch(listener: (event: TokenEvent) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#watchers.add(listener);
    signal.addEventListener("abort", () => this.#watchers.delete(listener), { once: true });
  }

  /** Calls `listener` whenever a token is plugged in or pulled out, or begins or ends to blink; gives back what stops that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Kinds that are plugged in, by whether the page has them. */
  #kinds(isGranted: boolean): UsbTokenKind[] {
    return USB_TOKEN_KINDS.filter((kind) => this.#plugs.get(kind)?.isGranted === isGranted);
  }

  #entry(kind: UsbTokenKind): Entry {
    const known = this.#entries.get(kind);
    if (known) return known;
    const model = makeUsbToken(kind, this.#options);
    model.touchSpot?.onTouchChange(this.#changed);
    const token = model.toToken(
      { own: () => this.#own(model), forget: () => this.#forget(kind) },
      () => this.#plugs.get(kind)?.pulled.signal ?? AbortSignal.abort(),
    );
    const entry = { model, token };
    this.#entries.set(kind, entry);
    return entry;
  }

  // oxlint-disable-next-line require-await -- what goes wrong is a rejection
  async #own(model: UsbTokenModel): Promise<() => void> {
    if (this.#owned.has(model)) {
      throw new BridgeError("device-in-use", "Another part of this page is using the token. Close it there.");
    }
    this.#owned.add(model);
    return () => {
      this.#owned.delete(model);
      // A touch that nobody waits for any more would hold up whoever opens the token next.
      model.powerOff();
    };
  }

  #forget(kind: UsbTokenKind): Promise<void> {
    const plug = this.#plugs.get(kind);
    if (plug) plug.isGranted = false;
    return Promise.resolve();
  }

  #tell(event: TokenEvent): void {
    for (const watcher of this.#watchers) watcher(event);
    this.#changed();
  }

  readonly #changed = (): void => {
    for (const listener of this.#listeners) listener();
  };
}
