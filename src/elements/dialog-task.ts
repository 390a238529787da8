import type { TemplateResult } from "lit";

/** Something to be asked and done in the dialog. */
export interface DialogTask {
  readonly title: string;
  /** The words on the main button. */
  readonly action: string;
  readonly isDanger?: boolean;
  /** Its last view: the main button only closes. */
  readonly isDone?: boolean;
  render(): TemplateResult;
  /**
   * Does it. True when the dialog can close. Rejects with a {@link TaskProblem}, or as the session does. `signal` is aborted
   * when the dialog is closed before.
   */
  submit(form: FormData, signal: AbortSignal): Promise<boolean>;
  /** The step before; without it there is no button for it. */
  readonly goBack?: (() => void) | undefined;
  /** Wipes what it holds. Called once, when the dialog closes. */
  dispose?(): void;
}

/** What the person has to change, in words for them. `field` is the id of the field it belongs to. */
export class TaskProblem extends Error {
  override readonly name = "TaskProblem";
  readonly field: string | null;

  constructor(message: string, field: string | null = null) {
    super(message);
    this.field = field;
  }
}

/** The text of a field of the form; empty where there is none. */
export function fieldText(form: FormData, name: string): string {
  const entry = form.get(name);
  return typeof entry === "string" ? entry : "";
}
