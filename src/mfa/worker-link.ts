import { proxy, releaseProxy, wrap, type Remote } from "comlink";
import { raceWithSignal, withDeadline } from "../core/abort.ts";
import type { Outcome, ProgressListener, VerificationApi } from "../../workers/contract.ts";
import { MfaError, MfaInputError } from "./errors.ts";
import { Patience } from "./patience.ts";
import { valueOf } from "./wire-errors.ts";

/**
 * One worker and the calls to it. A call to a dead worker never settles by itself (comlink issue 601), so every call has a
 * deadline, and all of them reject with `worker-lost` when the link is closed or the worker fails to load.
 */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #api: Remote<VerificationApi>;
  readonly #lifetime = new AbortController();

  constructor(worker: Worker) {
    this.#worker = worker;
    // One wrap for each worker: releasing any makes the worker stop listening for all of them.
    this.#api = wrap<VerificationApi>(worker);
    // A worker whose script does not load or is blocked by a policy says so by this event only.
    worker.addEventListener("error", this.#onError);
  }

  /** Makes a call and unpacks its outcome. Rejects with `worker-lost` after `deadlineMs`. */
  async call<T>(
    work: (api: Remote<VerificationApi>) => Promise<Outcome<T>>,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<T> {
    this.#lifetime.signal.throwIfAborted();
    const answer = withDeadline(work(this.#api).catch(refuseUnclonable), deadlineMs, () =>
      workerLost("The worker did not answer in time."),
    );
    return valueOf(await raceWithSignal(raceWithSignal(answer, this.#lifetime.signal), signal));
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
    this.#lifetime.signal.throwIfAborted();
    const patience = new Patience(silenceMs, () => workerLost("The worker has not said anything for long."));
    let told = "";
    const onProgress = proxy((done: number, total: number) => {
      patience.renew();
      const news = `${done}/${total}`;
      if (news !== told) listener(done, total);
      told = news;
    });
    const answer = patience.race(work(this.#api, onProgress).catch(refuseUnclonable));
    return valueOf(await raceWithSignal(answer, this.#lifetime.signal));
  }

  /** Ends the worker. Calling it twice is harmless. */
  close(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort(workerLost("The service was closed."));
    this.#worker.removeEventListener("error", this.#onError);
    this.#api[releaseProxy]();
    this.#worker.terminate();
  }

  readonly #onError = (event: ErrorEvent) => {
    // An error inside a running worker is not its death: that one keeps answering. Only a script that never ran has no line.
    if (event.lineno) return;
    event.preventDefault();
    this.#lifetime.abort(workerLost("The worker could not be started."));
  };
}

/** A function or symbol in a request cannot cross to the worker; the browser's message would quote it. */
function refuseUnclonable(error: unknown): never {
  if (error instanceof DOMException && error.name === "DataCloneError") {
    throw new MfaInputError("invalid-request", "The request holds something that is no plain data.");
  }
  throw error;
}

function workerLost(message: string): MfaError {
  return new MfaError("worker-lost", `${message} Reload the page and try again.`);
}
