/** Whether the browser keeps what is stored. */
export interface StorageState {
  /** False when the browser may delete everything, for want of space or after a time without a visit. */
  readonly persisted: boolean;
  /** Of the whole site; missing where the browser does not tell. */
  readonly usedBytes?: number;
  readonly quotaBytes?: number;
}

/** What we need of `navigator.storage`; asking exists on pages only, and nothing of it without HTTPS. */
export interface KeptStorage {
  persisted(): Promise<boolean>;
  persist?(): Promise<boolean>;
  estimate?(): Promise<{ usage?: number; quota?: number }>;
}

/** What we need of `navigator`; this folder is compiled without the DOM. */
export interface StorageOwner {
  readonly storage?: KeptStorage;
  readonly userActivation?: { readonly hasBeenActive: boolean };
}

/** When there is something to lose for the first time. */
export type PersistenceMoment = "enrolment" | "import";

/**
 * Asks the browser to keep what is stored. Some browsers ask their user, others look at how the site is used and decide in
 * silence (https://developer.mozilla.org/docs/Web/API/StorageManager/persist), so each moment asks once, and never before the
 * user has done anything on the page.
 */
export class StoragePersistence {
  readonly #owner: StorageOwner;
  readonly #asked = new Set<PersistenceMoment>();

  constructor(owner: StorageOwner = globalThis.navigator) {
    this.#owner = owner;
  }

  /** Asks, if this is the time to. Nobody waits for the answer, and nothing depends on it. */
  ask(moment: PersistenceMoment): void {
    const { storage, userActivation } = this.#owner;
    if (!storage?.persist || this.#asked.has(moment) || userActivation?.hasBeenActive === false) return;
    this.#asked.add(moment);
    void this.#askUnlessKept(storage).catch(() => undefined);
  }

  /** Never rejects: where the browser does not tell, nothing is promised. */
  async state(): Promise<StorageState> {
    const { storage } = this.#owner;
    const [persisted, estimate] = await Promise.all([
      quietly(() => storage?.persisted()),
      quietly(() => storage?.estimate?.()),
    ]);
    const { usage, quota } = estimate ?? {};
    return {
      persisted: persisted ?? false,
      ...(usage !== undefined && { usedBytes: usage }),
      ...(quota !== undefined && { quotaBytes: quota }),
    };
  }

  async #askUnlessKept(storage: KeptStorage): Promise<void> {
    if (!(await storage.persisted())) await storage.persist?.();
  }
}

async function quietly<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
