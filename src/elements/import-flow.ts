import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isAbortError } from "../core/errors.ts";
import type { ImportReport, LocalMfaService, UndoReport } from "../mfa/local-contract.ts";
import { ImportAnswers } from "./import-answers.ts";
import { type ColumnChoice, findColumnsProblem } from "./import-columns.ts";
import { KeyTextError, parseKeyText } from "./import-key-text.ts";
import { Milestones } from "./import-milestones.ts";
import { isSeedFileError, questionFor } from "./import-question.ts";
import { ImportWork } from "./import-work.ts";
import { type DuplicateChoice, type ImportStep, isIdle, type StepOf } from "./import-steps.ts";

/** Whom the flow tells. */
export interface ImportFlowEvents {
  readonly onImported: (report: ImportReport) => void;
  /** At 25, 50, 75 and 100. */
  readonly onMilestone: (percent: number) => void;
}

interface Job {
  readonly service: LocalMfaService;
  readonly file: File;
}

type Question = StepOf<"key" | "encoding" | "columns">;

/**
 * Takes one seed file from the choice to the report: reads it, asks what only a person knows, waits for a yes, imports.
 * Nothing is written before `confirm`. Answers are forgotten when the file is done with, and when the element leaves the page.
 */
export class ImportFlow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #events: ImportFlowEvents;
  readonly #answers = new ImportAnswers();
  readonly #work = new ImportWork();
  #step: ImportStep = { kind: "choose", wasStopped: false };
  #turn = 0;
  #job: Job | null = null;

  constructor(host: ReactiveControllerHost, events: ImportFlowEvents) {
    this.#host = host;
    this.#events = events;
    host.addController(this);
  }

  get step(): ImportStep {
    return this.#step;
  }

  /** Counts the steps: another number is another view, and the focus goes there. Progress alone is no step. */
  get turn(): number {
    return this.#turn;
  }

  get fileName(): string {
    return this.#job?.file.name ?? "";
  }

  /** What may be asked anew from the preview. */
  get canChange(): { readonly columns: boolean; readonly encoding: boolean; readonly short: boolean } {
    const { table, secretEncoding, acceptShortSerials } = this.#answers;
    return {
      columns: table !== undefined,
      encoding: secretEncoding !== undefined,
      short: acceptShortSerials,
    };
  }

  hostDisconnected(): void {
    this.#work.drop();
    this.#forget();
    // Drawn anew, so that no typed password stays in an element that somebody keeps.
    this.#update({ kind: "choose", wasStopped: false });
  }

  /** Reads `file` for the preview. Nothing happens while another one is under way. */
  async start(service: LocalMfaService, file: File): Promise<void> {
    if (!isIdle(this.#step)) return;
    this.#forget();
    this.#job = { service, file };
    await this.#read(null);
  }

  /** Reads the file of a failure once more. */
  async retry(): Promise<void> {
    if (this.#step.kind === "failed" && this.#step.canRetry) await this.#read(null);
  }

  /** A password or key as it was typed. */
  async giveKey(text: string): Promise<void> {
    const step = this.#step;
    if (step.kind !== "key") return;
    try {
      if (step.needs === "key") this.#answers.key = parseKeyText(text, step.keyBytes);
      else if (text === "") throw new KeyTextError("password-missing");
      else this.#answers.password = text;
    } catch (problem) {
      this.#show({ ...step, problem });
      return;
    }
    await this.#read(step);
  }

  async chooseEncoding(form: "hex" | "base32" | "base64" | null): Promise<void> {
    const step = this.#step;
    if (step.kind !== "encoding") return;
    if (form === null) {
      this.#show({ ...step, isMissing: true });
      return;
    }
    this.#answers.secretEncoding = form;
    await this.#read(step);
  }

  async chooseColumns(choice: ColumnChoice): Promise<void> {
    const step = this.#step;
    if (step.kind !== "columns") return;
    if (findColumnsProblem(choice)) {
      this.#show({ ...step, choice, isTried: true, error: null });
      return;
    }
    this.#answers.chooseColumns(step.table, choice);
    await this.#read({ ...step, choice });
  }

  /** From the preview back to the columns, or to the way of writing. */
  askAgain(what: "columns" | "encoding"): void {
    if (this.#step.kind !== "preview") return;
    const { table } = this.#answers;
    if (what === "encoding") this.#show({ kind: "encoding", error: null, isMissing: false });
    else if (table) {
      const { columns, choice } = table;
      this.#show({ kind: "columns", table: columns, choice, isTried: false, error: null });
    }
  }

  /** Reads the file again, with serial numbers that look shortened or without them. */
  async acceptShortSerials(accept: boolean): Promise<void> {
    if (this.#step.kind !== "preview") return;
    this.#answers.acceptShortSerials = accept;
    await this.#read(null);
  }

  chooseDuplicates(onDuplicate: DuplicateChoice): void {
    if (this.#step.kind === "preview") this.#update({ ...this.#step, onDuplicate });
  }

  /** Imports what the preview shows. */
  async confirm(): Promise<void> {
    const [step, job] = [this.#step, this.#job];
    if (step.kind !== "preview" || !job) return;
    const { onDuplicate } = step;
    this.#show({ kind: "importing", done: 0, total: 0, isStopping: false });
    const outcome = await this.#work.run(
      (watch) => job.service.importSeeds(job.file, { ...this.#answers.options, ...watch, onDuplicate }),
      this.#progress(),
    );
    if (outcome === null) return;
    if ("error" in outcome) {
      const { error } = outcome;
      this.#show({ ...step, lastTry: isAbortError(error) ? "stopped" : { error } });
      return;
    }
    this.#forget();
    this.#show({ kind: "done", report: outcome.value });
    this.#events.onImported(outcome.value);
  }

  /** One step back: an import that is stopped returns to its preview, everything else to the choice of a file. */
  cancel(): void {
    if (isIdle(this.#step)) return;
    if (this.#step.kind === "importing") {
      this.#update({ ...this.#step, isStopping: true });
      this.#work.stop();
      return;
    }
    this.#work.drop();
    this.#forget();
    this.#show({ kind: "choose", wasStopped: true });
  }

  /** Shows what an undo did, in place of the import's report. */
  showUndone(report: UndoReport): void {
    if (isIdle(this.#step)) this.#show({ kind: "undone", report });
  }

  async #read(asked: Question | null): Promise<void> {
    const job = this.#job;
    if (!job) return;
    this.#show({ kind: "reading", done: 0, total: 0 });
    const outcome = await this.#work.run(
      (watch) => job.service.previewSeeds(job.file, { ...this.#answers.options, ...watch }),
      this.#progress(),
    );
    if (outcome === null) return;
    if ("error" in outcome) this.#fail(outcome.error, asked);
    else this.#show({ kind: "preview", preview: outcome.value, onDuplicate: "keep", lastTry: "none" });
  }

  #fail(error: unknown, asked: Question | null): void {
    const question = questionFor(error, asked, this.#answers);
    if (question) {
      this.#show(question);
      return;
    }
    this.#answers.clear();
    this.#show({ kind: "failed", error, canRetry: !isSeedFileError(error) });
  }

  /** For one call: passes its progress on, in the step it belongs to. */
  #progress(): (done: number, total: number) => void {
    const milestones = new Milestones(this.#events.onMilestone);
    return (done, total) => {
      const step = this.#step;
      if (step.kind !== "reading" && step.kind !== "importing") return;
      this.#update({ ...step, done, total });
      milestones.pass(done, total);
    };
  }

  #forget(): void {
    this.#answers.clear();
    this.#job = null;
  }

  #show(step: ImportStep): void {
    this.#turn += 1;
    this.#update(step);
  }

  #update(step: ImportStep): void {
    this.#step = step;
    this.#host.requestUpdate();
  }
}
