import type { ReactiveControllerHost } from "lit";

/** Which tokens of the list are chosen, by serial number; they stay chosen while others are looked for. */
export class InventorySelection {
  readonly #host: ReactiveControllerHost;
  readonly #chosen = new Set<string>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get serialNumbers(): readonly string[] {
    return [...this.#chosen];
  }

  has(serialNumber: string): boolean {
    return this.#chosen.has(serialNumber);
  }

  set(serialNumbers: readonly string[], isChosen: boolean): void {
    for (const serialNumber of serialNumbers) {
      if (isChosen) this.#chosen.add(serialNumber);
      else this.#chosen.delete(serialNumber);
    }
    this.#host.requestUpdate();
  }

  clear(): void {
    this.#chosen.clear();
    this.#host.requestUpdate();
  }
}
