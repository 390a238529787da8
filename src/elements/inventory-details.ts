import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { DriftHistory } from "../mfa/drift-history.ts";
import type { LocalMfaService, SeedSummary } from "../mfa/local-contract.ts";

/** What is on view of one token. */
export interface DetailsState {
  readonly serialNumber: string;
  /** Null while it is being read, and when it is gone. */
  readonly seed: SeedSummary | null;
  readonly isGone: boolean;
  readonly drift: DriftHistory | null;
  /** Why the clock's history cannot be read, or null. */
  readonly driftError: unknown;
}

/** The one token whose details are on view. */
export class TokenDetails implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: DetailsState | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): DetailsState | null {
    return this.#state;
  }

  hostDisconnected(): void {
    this.#state = null;
  }

  /** Reads a token, or the one on view anew. */
  async show(service: LocalMfaService, serialNumber: string): Promise<void> {
    const before = this.#state?.serialNumber === serialNumber ? this.#state : null;
    const shown: DetailsState = before ?? {
      serialNumber,
      seed: null,
      isGone: false,
      drift: null,
      driftError: null,
    };
    this.#set(shown);
    const [seed, history] = await Promise.all([
      findSeed(service, serialNumber),
      service.driftHistory(serialNumber).then(
        (drift) => ({ drift, driftError: null }),
        (driftError: unknown) => ({ drift: null, driftError }),
      ),
    ]);
    if (this.#state?.serialNumber !== serialNumber) return;
    this.#set({ serialNumber, seed, isGone: seed === null, ...history });
  }

  close(): void {
    this.#set(null);
  }

  #set(state: DetailsState | null): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

/** At first where serial numbers begin so, which is quick in an inventory of any size. */
async function findSeed(service: LocalMfaService, serialNumber: string): Promise<SeedSummary | null> {
  for (const wait of [false, true]) {
    const page = await service.seedPage({ text: serialNumber, wait }).catch(() => null);
    const seed = page?.seeds.find((one) => one.serialNumber === serialNumber);
    if (seed || page?.isWhole !== false) return seed ?? null;
  }
  return null;
}
