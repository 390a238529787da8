import { proxy, releaseProxy, wrap, type Remote } from "comlink";
import { raceWithSignal, withDeadline } from "../core/abort.ts";
import type {
  Outcome,
  ProgressListener,
  VerificationApi,
  VerificationSettings,
} from "../../workers/contract.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import { Patience } from "./patience.ts";
import type { ServiceThread } from "./service-thread.ts";
import { valueOf } from "./wire-errors.ts";

/** A worker that gives no sign of life for so many milliseconds while something waits for it is lost. */
const PATIENCE_MS = 10_000;

export interface WorkerLinkOptions {
  readonly patienceMs?: number | undefined;
}

/**
 * One worker and the calls to it. A call to a dead worker never settles by itself (comlink issue 601), so every call has a
 * deadline, and all of them reject with `worker-lost` when the link is closed, the worker fails to load, ends (the browser
 * then grants us its Web Lock), or hangs (while calls wait it is asked for a sign of life).
 */
export class WorkerLink {
  readonly #worker: ServiceThread;
  readonly #api: Remote<VerificationApi>;
  readonly #lifetime = new AbortController();
  readonly #patienceMs: number;
  /** Before, it may be loading its script, and cannot answer. */
  #isStarted = false;
  #waiting = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  /** It was asked for a sign of life and has not answered yet. */
  #isQuiet = false;
  /** Looks that found it so. */
  #quietLooks = 0;

  constructor(worker: ServiceThread, { patienceMs = PATIENCE_MS }: WorkerLinkOptions = {}) {
    this.#worker = worker;
    this.#patienceMs = patienceMs;
    // One wrap for each worker: releasing any makes the worker stop listening for all of them.
    this.#api = wrap<VerificationApi>(worker);
    // A worker whose script does not load or is blocked by a policy says so by this event only.
    worker.addEventListener("error", this.#onError);
  }

  /** True once the worker is gone; the link is then of no use any more. */
  get isLost(): boolean {
    return this.#lifetime.signal.aborted;
  }

  /**
   * Starts the service in the worker. Rejects with `worker-lost` after `deadlineMs`, and where the worker cannot be started.
   */
  async start(settings: Omit<VerificationSettings, "lifeLock">, deadlineMs: number): Promise<void> {
    const lifeLock = `oath-bridge worker ${crypto.randomUUID()}`;
    await this.call((api) => api.start({ ...settings, lifeLock }), deadlineMs);
    this.#isStarted = true;
    void this.#waitForEnd(lifeLock);
  }

  /** Makes a call and unpacks its outcome. Rejects with `worker-lost` after `deadlineMs`. */
  async call<T>(
    work: (api: Remote<VerificationApi>) => Promise<Outcome<T>>,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<T> {
    return await this.#counted(() => {
      const answer = withDeadline(work(this.#api).catch(refuseUnclonable), deadlineMs, () =>
        workerLost("The worker did not answer in time."),
      );
      return raceWithSignal(answer, signal);
    });
  }

  /**
   * Makes a call whose end cannot be foreseen: it has a deadline only from one telling of its progress to the next. The
   * listener is told what is new.
   */
  async watch<T>(
    work: (api: Remote<VerificationApi>, onProgress: ProgressListener) => Promise<Outcome<T>>,
    silenceMs: number,
    listener: ProgressListener = () => undefined,
  ): Promise<T> {
    const patience = new Patience(silenceMs, () => {
      const reason = workerLost("The worker has not said anything for long.");
      // Ended with it: what is reported as failed must not go on and be written after all.
      this.#lose(reason);
      return reason;
    });
    let told = "";
    const onProgress = proxy((done: number, total: number) => {
      patience.renew();
      const news = `${done}/${total}`;
      if (news !== told) listener(done, total);
      told = news;
    });
    return await this.#counted(() => patience.race(work(this.#api, onProgress).catch(refuseUnclonable)));
  }

  /** Watches over the worker while a call waits for it. */
  async #counted<T>(call: () => Promise<Outcome<T>>): Promise<T> {
    this.#lifetime.signal.throwIfAborted();
    this.#waiting += 1;
    this.#watchOver();
    try {
      return valueOf(await raceWithSignal(call(), this.#lifetime.signal));
    } finally {
      this.#waiting -= 1;
      this.#watchOver();
    }
  }

  /** Ends the worker. Calling it twice is harmless. */
  close(): void {
    if (this.isLost) return;
    this.#lose(workerLost("The service was closed."));
  }

  readonly #onError = (event: Event) => {
    // An error inside a running worker is not its death: that one keeps answering. Only a script that never ran has no line.
    if (event instanceof ErrorEvent && event.lineno) return;
    event.preventDefault();
    this.#lose(workerLost("The worker could not be started."));
  };

  /** The worker holds the lock as long as it lives. Opaque origins have no locks; there the signs of life must do. */
  async #waitForEnd(lifeLock: string): Promise<void> {
    try {
      const { signal } = this.#lifetime;
      await navigator.locks.request(lifeLock, { signal }, () => this.#lose(workerLost("The worker ended.")));
    } catch {
      // The link was closed first, or there are no locks.
    }
  }

  /**
   * Looks twice in the time of its patience. After the machine slept, the first look may come before answers that were sent
   * long ago; the second comes after.
   */
  #watchOver(): void {
    const isBusy = this.#isStarted && this.#waiting > 0 && !this.isLost;
    if (isBusy === (this.#watch !== undefined)) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    if (!isBusy) return;
    this.#askForLife();
    this.#watch = setInterval(() => {
      if (!this.#isQuiet) this.#askForLife();
      else if (this.#quietLooks === 0) this.#quietLooks = 1;
      else this.#lose(workerLost("The worker gave no sign of life."));
    }, this.#patienceMs / 2);
  }

  #askForLife(): void {
    this.#isQuiet = true;
    this.#quietLooks = 0;
    const heard = () => {
      this.#isQuiet = false;
    };
    // A failed answer is an answer.
    void this.#api.alive().then(heard, heard);
  }

  #lose(reason: MfaError): void {
    this.#lifetime.abort(reason);
    clearInterval(this.#watch);
    this.#worker.removeEventListener("error", this.#onError);
    this.#api[releaseProxy]();
    this.#worker.terminate();
  }
}

/** A function or symbol in a request cannot cross to the worker; the browser's message would quote it. */
function refuseUnclonable(error: unknown): never {
  if (error instanceof DOMException && error.name === "DataCloneError") {
    throw new MfaInputError("invalid-request", "The request holds something that is no plain data.");
  }
  throw error;
}

/** The worker is gone, and with it whatever it was asked. */
export function workerLost(message: string, cause?: unknown): MfaError {
  return new MfaError("worker-lost", `${message} Try again.`, cause === undefined ? {} : { cause });
}
