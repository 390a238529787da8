import type { Remote } from "comlink";
import type {
  Outcome,
  ProgressListener,
  VerificationApi,
  VerificationSettings,
} from "../../workers/contract.ts";
import type { ServiceThread, ThreadKind } from "./service-thread.ts";
import { WorkerLink, workerLost, type WorkerLinkOptions } from "./worker-link.ts";

/** Milliseconds that a worker has to answer for the first time. */
const START_MS = 10_000;

export interface WorkerKeeperOptions extends WorkerLinkOptions {
  readonly settings: Omit<VerificationSettings, "lifeLock">;
  readonly createWorker: () => Worker;
  /** Starts the service in the page's own thread, for when no first worker can be started; none unless given. */
  readonly startPageThread?: (() => Promise<ServiceThread>) | undefined;
}

/**
 * Keeps a worker running. When it is lost, the calls under way reject with `worker-lost` and are not made again, for nobody
 * knows how far they came; the next call finds a new worker. What a worker knows ends with it: a vault with a passphrase is
 * locked again.
 */
export class WorkerKeeper {
  readonly #options: WorkerKeeperOptions;
  #current: Promise<WorkerLink>;
  #isClosed = false;
  #thread: ThreadKind = "worker";

  /** Starts the first worker; {@link WorkerKeeper.ready} tells when it runs. */
  constructor(options: WorkerKeeperOptions) {
    this.#options = options;
    this.#current = this.#startFirst();
  }

  /** Where the service runs; known once {@link WorkerKeeper.ready}. */
  get thread(): ThreadKind {
    return this.#thread;
  }

  /** Rejects with `worker-lost` when there is no worker and none can be started. */
  async ready(): Promise<void> {
    await this.#link();
  }

  /** See {@link WorkerLink.call}; starts another worker first where the last one was lost. */
  async call<T>(
    work: (api: Remote<VerificationApi>) => Promise<Outcome<T>>,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<T> {
    const link = await this.#link();
    return await link.call(work, deadlineMs, signal);
  }

  /** See {@link WorkerLink.watch}; starts another worker first where the last one was lost. */
  async watch<T>(
    work: (api: Remote<VerificationApi>, onProgress: ProgressListener) => Promise<Outcome<T>>,
    silenceMs: number,
    listener?: ProgressListener,
  ): Promise<T> {
    const link = await this.#link();
    return await link.watch(work, silenceMs, listener);
  }

  /** Ends the worker for good, after it was given `farewellMs` for its last call. */
  async close(
    farewell: (api: Remote<VerificationApi>) => Promise<Outcome<void>>,
    farewellMs: number,
  ): Promise<void> {
    this.#isClosed = true;
    const link = await this.#current.catch(() => undefined);
    await link?.call(farewell, farewellMs).catch(() => undefined);
    link?.close();
  }

  async #link(): Promise<WorkerLink> {
    const known = this.#current;
    const link = await known.catch(() => undefined);
    if (this.#isClosed) throw workerLost("The service was closed.");
    if (link && !link.isLost) return link;
    // Of several calls that find it lost, the first starts the next one.
    if (known === this.#current) this.#current = this.#start();
    return await this.#current;
  }

  /** Only the first may be replaced by the page's thread: one that is lost later has shown that workers can be started. */
  async #startFirst(): Promise<WorkerLink> {
    const { startPageThread } = this.#options;
    try {
      return await this.#start();
    } catch (error) {
      if (!startPageThread) throw error;
      this.#thread = "page";
      return await this.#start();
    }
  }

  async #start(): Promise<WorkerLink> {
    const { settings, patienceMs } = this.#options;
    const link = new WorkerLink(await this.#create(), { patienceMs });
    try {
      await link.start(settings, START_MS);
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  /** Where workers are forbidden the browser throws at once. */
  async #create(): Promise<ServiceThread> {
    const { createWorker, startPageThread } = this.#options;
    try {
      return this.#thread === "page" && startPageThread ? await startPageThread() : createWorker();
    } catch (error) {
      throw workerLost("The worker could not be started.", error);
    }
  }
}
