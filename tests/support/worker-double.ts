import { PartServer, type PartScope } from "../../workers/identification/part-server.ts";
import type { PartAnswer, PartCommand } from "../../workers/identification/protocol.ts";
import type { HotpKernel } from "../../src/otp/index.ts";

/** A worker without a thread: what crosses is cloned and transferred, and arrives a task later. */
export class WorkerDouble extends EventTarget {
  readonly received: PartCommand[] = [];
  isTerminated = false;
  isClosed = false;
  /** A deaf one takes nothing in any more. */
  isDeaf = false;
  readonly #inside = new EventTarget();

  constructor(loadKernel: () => Promise<HotpKernel>) {
    super();
    const scope: PartScope = {
      addEventListener: (type, listener) => this.#inside.addEventListener(type, listener as EventListener),
      postMessage: (answer: PartAnswer) => this.#send(this, structuredClone(answer)),
      close: () => {
        this.isClosed = true;
      },
    };
    new PartServer(scope, loadKernel).serve();
  }

  postMessage(command: PartCommand, transfer: Transferable[]): void {
    const arrived = structuredClone(command, { transfer });
    if (this.isDeaf) return;
    this.received.push(arrived);
    this.#send(this.#inside, arrived);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** As a worker that could not be loaded, or died. */
  fail(): Event {
    const event = new Event("error", { cancelable: true });
    this.dispatchEvent(event);
    return event;
  }

  /** For where a real worker is asked for. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }

  #send(target: EventTarget, data: unknown): void {
    setTimeout(() => {
      if (!this.isTerminated && !this.isClosed) target.dispatchEvent(new MessageEvent("message", { data }));
    }, 0);
  }
}
