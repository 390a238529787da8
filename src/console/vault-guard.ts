import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import type { VaultState } from "../mfa/vault-contract.ts";
import { isOutdated } from "./boot-problem.ts";

/** How often it looks: asking does not count as use, so it keeps no vault open. */
const EVERY_MS = 3_000;

/** Before the vault locks by itself the person is asked; WCAG 2.2 (2.2.1) wants 20 seconds at the least. */
const WARNING_MS = 60_000;

/** Two looks at one moment are never quite of one mind. */
const SAME_MS = 250;

/** Knows whether the vault is open, also when it locked by itself or in another tab. */
export class VaultGuard implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #service: LocalMfaService | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #state: VaultState | null = null;
  #locksAtMs: number | null = null;
  #warningMs = WARNING_MS;
  #hasBeenOpen = false;
  #isOutdated = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Null until it is known. */
  get state(): VaultState | null {
    return this.#state;
  }

  /** When it will lock by itself, on the page's steady clock (`performance.now`); null where nothing would lock it. */
  get locksAtMs(): number | null {
    return this.#locksAtMs;
  }

  /** How long before that a person is asked. */
  get warningMs(): number {
    return this.#warningMs;
  }

  /** True once a page with something of the vault may have been shown. */
  get hasBeenOpen(): boolean {
    return this.#hasBeenOpen;
  }

  /** True once a newer version of the page has taken the vault over, in another tab; until this one is reloaded. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Looks after this service's vault from now on. Resolves once its state is known. */
  async watch(service: LocalMfaService): Promise<void> {
    this.#service = service;
    this.#hasBeenOpen = false;
    await this.look();
  }

  /** Looks again; what cannot be read now is as it was. */
  async look(): Promise<void> {
    const service = this.#service;
    if (!service || this.#isOutdated) return;
    const [state, autoLock] = await Promise.all([
      service.vaultState().catch((error: unknown) => {
        this.#isOutdated = isOutdated(error);
        return this.#state;
      }),
      service.autoLock().catch(() => null),
    ]);
    if (service !== this.#service) return;
    const locksAtMs = autoLock && performance.now() + autoLock.leftMs;
    if (!this.#isOutdated && state === this.#state && isAboutSame(locksAtMs, this.#locksAtMs)) return;
    this.#state = state;
    this.#locksAtMs = locksAtMs;
    // A vault that may be idle for a minute only would be asked about all the time.
    if (autoLock) this.#warningMs = Math.min(WARNING_MS, autoLock.idleMs / 2);
    this.#hasBeenOpen ||= state === "new" || state === "unlocked";
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

function isAboutSame(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) < SAME_MS;
}
