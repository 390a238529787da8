import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { MfaService } from "../mfa/contract.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";

type Host = ReactiveControllerHost & { readonly activeService: MfaService | undefined };

/** Tells an element that devices were changed, here or in another tab, where the service can say so: a remote one cannot. */
export class DeviceWatch implements ReactiveController {
  readonly #host: Host;
  readonly #changed: () => void;
  #watched: MfaService | undefined;
  #watching: AbortController | undefined;

  constructor(host: Host, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostUpdated(): void {
    const service = this.#host.activeService;
    if (service === this.#watched) return;
    this.hostDisconnected();
    this.#watched = service;
    if (!canWatch(service)) return;
    this.#watching = new AbortController();
    service.watchDevices(this.#changed, { signal: this.#watching.signal });
  }

  hostConnected(): void {
    // It may have missed something while it was out of the page.
    if (this.#host.activeService) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#watching?.abort();
    this.#watched = undefined;
  }
}

function canWatch(service: MfaService | undefined): service is LocalMfaService {
  return service !== undefined && "watchDevices" in service;
}
