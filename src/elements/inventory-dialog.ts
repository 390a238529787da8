import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { isAbortError } from "../core/errors.ts";
import { renderAlert } from "./alert.ts";
import { TaskProblem } from "./dialog-task.ts";
import { Milestones } from "./import-milestones.ts";
import { progressBar } from "./import-progress-view.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** How a task is watched and stopped. */
export interface TaskWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Something to be asked in the dialog, and then done with a progress bar. */
export interface InventoryTask {
  readonly title: string;
  /** The words on the main button, and those while it is at work. */
  readonly action: string;
  readonly working: string;
  readonly isDanger?: boolean;
  /** Whether Cancel stops the work; else the dialog stays until it is done. */
  readonly canStop: boolean;
  render(problem: TaskProblem | null): TemplateResult;
  /**
   * Does it; the dialog then closes. Resolves with what is left to do on the page, which is out of reach before. Rejects
   * with a {@link TaskProblem}, or as the service does.
   */
  submit(form: FormData, watch: TaskWatch): Promise<() => void>;
  /** The work was stopped. */
  onStopped?(): void;
}

interface Opened {
  readonly task: InventoryTask;
  readonly work: AbortController | null;
  readonly progress: { readonly done: number; readonly total: number };
  readonly problem: TaskProblem | null;
  readonly error: string;
  /** How far it is, for the live region: the one of the page is silent behind a dialog. */
  readonly said: string;
}

const NO_PROGRESS = { done: 0, total: 0 } as const;

/** The one dialog of the inventory. What is typed in it leaves the page with it. */
export class InventoryDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #dialog = createRef<HTMLDialogElement>();
  #opened: Opened | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  async open(task: InventoryTask): Promise<void> {
    this.#end();
    this.#set({ task, work: null, progress: NO_PROGRESS, problem: null, error: "", said: "" });
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
    this.#dialog.value?.querySelector<HTMLElement>("h3")?.focus();
  }

  render(texts: InventoryTexts): TemplateResult {
    return html`<dialog
      ${ref(this.#dialog)}
      part="dialog"
      aria-labelledby="dialog-title"
      @cancel=${this.#cancelled}
      @close=${this.#closed}
    >
      ${this.#opened ? this.#form(texts, this.#opened) : nothing}
    </dialog>`;
  }

  #form(texts: InventoryTexts, { task, work, progress, problem, error, said }: Opened): TemplateResult {
    const isBusy = work !== null;
    const isHeld = isBusy && !task.canStop;
    return html`<form novalidate @submit=${(event: SubmitEvent) => void this.#submit(event, texts)}>
      <h3 id="dialog-title" tabindex="-1">${task.title}</h3>
      ${task.render(problem)}
      ${
        isBusy
          ? html`<div class="progress">
              ${progressBar(texts, task.working, progress, texts.text.tokensWritten)}
            </div>`
          : nothing
      }
      <div role="alert">${renderAlert("error", error)}</div>
      <div class="visually-hidden" role="status">${said}</div>
      <div class="actions">
        <button type="button" aria-disabled=${String(isHeld)} @click=${this.#close}>
          ${texts.shared.cancel}
        </button>
        <button type="submit" class=${task.isDanger ? "danger" : "primary"} aria-disabled=${String(isBusy)}>
          ${isBusy ? task.working : task.action}
        </button>
      </div>
    </form>`;
  }

  readonly #close = (): void => {
    if (!this.#isHeld) this.#dialog.value?.close();
  };

  /** Escape, before it closes the dialog. */
  readonly #cancelled = (event: Event): void => {
    if (this.#isHeld) event.preventDefault();
  };

  /** The event comes late: another task may be open by then. */
  readonly #closed = (): void => {
    if (this.#dialog.value?.open) return;
    const { task, work } = this.#opened ?? {};
    this.#end();
    if (work) task?.onStopped?.();
  };

  get #isHeld(): boolean {
    return this.#opened?.work != null && !this.#opened.task.canStop;
  }

  async #submit(event: SubmitEvent, texts: InventoryTexts): Promise<void> {
    event.preventDefault();
    const opened = this.#opened;
    if (!opened || opened.work) return;
    const form = new FormData(event.target as HTMLFormElement);
    const work = new AbortController();
    const isCurrent = () => this.#opened?.work === work;
    const milestones = new Milestones((percent) => {
      const words = new Intl.NumberFormat(texts.shared.locale, { style: "percent" }).format(percent / 100);
      if (this.#opened) this.#set({ ...this.#opened, said: texts.text.percent(words) });
    });
    this.#set({ ...opened, work, progress: NO_PROGRESS, problem: null, error: "", said: "" });
    const onProgress = (done: number, total: number) => {
      if (!this.#opened || !isCurrent()) return;
      this.#set({ ...this.#opened, progress: { done, total } });
      milestones.pass(done, total);
    };
    try {
      const finish = await opened.task.submit(form, { signal: work.signal, onProgress });
      if (!isCurrent()) return;
      // Done: closing is no longer a way to stop it.
      this.#set({ ...opened, work: null });
      this.#dialog.value?.close();
      finish();
    } catch (error) {
      if (isCurrent()) await this.#fail(opened, error, texts);
    }
  }

  async #fail(opened: Opened, error: unknown, texts: InventoryTexts): Promise<void> {
    const problem = error instanceof TaskProblem ? error : null;
    const message = problem || isAbortError(error) ? "" : texts.errorText(error);
    this.#set({ ...opened, work: null, problem, error: message, said: "" });
    await this.#host.updateComplete;
    if (problem?.field) this.#dialog.value?.querySelector<HTMLElement>(`#${problem.field}`)?.focus();
  }

  #end(): void {
    this.#opened?.work?.abort();
    this.#set(null);
  }

  #set(opened: Opened | null): void {
    this.#opened = opened;
    this.#host.requestUpdate();
  }
}
