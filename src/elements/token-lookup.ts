import type { ReactiveControllerHost } from "lit";
import type { MfaService } from "../mfa/contract.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import type { SequenceToken } from "./code-sequence.ts";

/** True for a service that holds the inventory itself and can be asked about it. */
export function isLocalService(service: MfaService | undefined): service is LocalMfaService {
  return service !== undefined && "listSeeds" in service && "importSeeds" in service;
}

/**
 * What the codes of a token look like, where the service holds the inventory: tokens of eight digits, of a minute, or that
 * count presses ask for other fields.
 */
export class TokenLookup {
  readonly #host: ReactiveControllerHost;
  #asked = "";
  #found: SequenceToken | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Null while it is not known; the enrolment itself then tells what is wrong. */
  get found(): SequenceToken | null {
    return this.#found;
  }

  clear(): void {
    this.#asked = "";
    this.#found = null;
  }

  /** Asks about a serial number as it was typed; the answer to an earlier question counts no longer. */
  async ask(service: MfaService | undefined, serialNumber: string): Promise<void> {
    this.#asked = serialNumber;
    const found = await findToken(service, serialNumber);
    if (this.#asked !== serialNumber) return;
    this.#found = found;
    this.#host.requestUpdate();
  }
}

async function findToken(service: MfaService | undefined, typed: string): Promise<SequenceToken | null> {
  if (!isLocalService(service)) return null;
  const wanted = comparable(typed);
  if (wanted === "") return null;
  try {
    const found = await service.listSeeds({ text: wanted });
    const seed = found.find(({ serialNumber }) => comparable(serialNumber) === wanted);
    if (!seed) return null;
    const { digits, periodSeconds, type } = seed;
    return { digits, periodSeconds, counterBased: type === "hotp" };
  } catch {
    return null;
  }
}

/** A serial number as it is compared: blanks, case and width of its characters do not count. */
export function comparable(serialNumber: string): string {
  return serialNumber.normalize("NFKC").replace(/\s/gu, "").toUpperCase();
}
