import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import type { VaultState } from "../mfa/vault-contract.ts";

/** How often it looks: asking does not count as use, so it keeps no vault open. */
const EVERY_MS = 3_000;

/** Knows whether the vault is open, also when it locked by itself or in another tab. */
export class VaultGuard implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #service: LocalMfaService | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #state: VaultState | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Null until it is known. */
  get state(): VaultState | null {
    return this.#state;
  }

  /** Looks after this service's vault from now on. Resolves once its state is known. */
  async watch(service: LocalMfaService): Promise<void> {
    this.#service = service;
    await this.look();
  }

  /** Looks again; what cannot be read now is as it was. */
  async look(): Promise<void> {
    const state = await this.#service?.vaultState().catch(() => this.#state);
    if (state === undefined || state === this.#state) return;
    this.#state = state;
    this.#host.requestUpdate();
  }

  readonly #lookNow = () => void this.look();

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (document.visibilityState === "visible") void this.look();
    }, EVERY_MS);
    document.addEventListener("visibilitychange", this.#lookNow);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#lookNow);
  }
}
