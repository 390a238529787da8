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
import type { Announcer } from "./announcer.ts";
import { bridgeErrorText } from "./bridge-error-text.ts";
import { type DialogTask, TaskProblem } from "./dialog-task.ts";
import type { Messages } from "./messages.ts";
import type { TouchPrompt } from "./touch-prompt.ts";

/** The element that shows the dialog. */
export interface DialogHost extends ReactiveControllerHost {
  readonly text: Messages;
}

/** One dialog for everything that changes a token: it asks, does, says what went wrong, and closes. */
export class TokenDialog implements ReactiveController {
  readonly #host: DialogHost;
  readonly #announcer: Announcer;
  readonly #touch: TouchPrompt;
  readonly #dialog = createRef<HTMLDialogElement>();
  #task: DialogTask | null = null;
  #isBusy = false;
  /** What is being done; aborted when the dialog is closed, so that nothing happens after Cancel that had not begun. */
  #work: AbortController | null = null;
  #error = "";
  /** What is wrong with a field, for the task to draw at it. */
  problem: TaskProblem | null = null;

  constructor(host: DialogHost, announcer: Announcer, touch: TouchPrompt) {
    this.#host = host;
    this.#announcer = announcer;
    this.#touch = touch;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  get isOpen(): boolean {
    return this.#task !== null;
  }

  async open(task: DialogTask): Promise<void> {
    this.#end();
    this.#task = task;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
    this.#focus();
  }

  readonly close = (): void => {
    this.#dialog.value?.close();
    this.#end();
  };

  readonly #end = (): void => {
    this.#work?.abort();
    this.#work = null;
    this.#touch.cancel();
    this.#task?.dispose?.();
    this.#task = this.problem = null;
    this.#isBusy = false;
    this.#error = "";
    this.#host.requestUpdate();
  };

  /** Also by Escape. The event comes late: another task may be open by then. */
  readonly #closed = (): void => {
    if (!this.#dialog.value?.open) this.#end();
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const task = this.#task;
    if (!task || this.#isBusy) return;
    if (task.isDone) {
      this.close();
      return;
    }
    const form = new FormData(event.target as HTMLFormElement);
    this.#work = new AbortController();
    this.#isBusy = true;
    this.#error = "";
    this.problem = null;
    this.#host.requestUpdate();
    try {
      const canClose = await task.submit(form, this.#work.signal);
      if (task !== this.#task) return;
      this.#isBusy = false;
      if (canClose) this.close();
      else await this.#turnPage();
    } catch (error) {
      if (task === this.#task) await this.#fail(error);
    }
  };

  async #fail(error: unknown): Promise<void> {
    this.#isBusy = false;
    this.#host.requestUpdate();
    if (isAbortError(error)) return;
    if (error instanceof TaskProblem) this.problem = error;
    const isOfField = this.problem !== null && this.problem.field !== null;
    const message = this.problem?.message ?? bridgeErrorText(error, this.#host.text);
    if (!isOfField) this.#error = message;
    this.#announcer.alert(message);
    if (!isOfField) return;
    await this.#host.updateComplete;
    this.#dialog.value?.querySelector<HTMLElement>(`#${this.problem?.field ?? ""}`)?.focus();
  }

  async #turnPage(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#focus();
  }

  readonly #back = (): void => {
    // What is being written is not taken back.
    if (this.#isBusy) return;
    this.#task?.goBack?.();
    this.#error = "";
    void this.#turnPage();
  };

  #focus(): void {
    this.#dialog.value?.querySelector<HTMLElement>("h3")?.focus();
  }

  render(): TemplateResult {
    return html`<dialog
      ${ref(this.#dialog)}
      part="dialog"
      aria-labelledby="dialog-title"
      @close=${this.#closed}
    >
      ${this.#task ? this.#renderTask(this.#task) : nothing}
    </dialog>`;
  }

  #renderTask(task: DialogTask): TemplateResult {
    const { text } = this.#host;
    return html`<form novalidate @submit=${this.#submit}>
      <h3 id="dialog-title" tabindex="-1">${task.title}</h3>
      ${task.render()} ${this.#touch.render()} ${renderAlert("error", this.#error)}
      <div class="actions">
        ${task.isDone ? nothing : html`<button type="button" @click=${this.close}>${text.cancel}</button>`}
        ${task.goBack ? html`<button type="button" aria-disabled=${String(this.#isBusy)} @click=${this.#back}>${text.token.back}</button>` : nothing}
        <button
          type="submit"
          class=${task.isDanger ? "danger" : "primary"}
          aria-disabled=${String(this.#isBusy)}
        >
          ${this.#isBusy ? text.token.saving : task.action}
        </button>
      </div>
    </form>`;
  }
}
