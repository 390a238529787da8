import type { ReactiveControllerHost, TemplateResult } from "lit";
import type { LastImport, LocalMfaService, RetireReport, UndoReport } from "../mfa/local-contract.ts";
import type { Announcer } from "./announcer.ts";
import type { ImportFlow } from "./import-flow.ts";
import { undoableOf, undoTask } from "./import-undo-task.ts";
import { InventoryDialog } from "./inventory-dialog.ts";
import { exportTask } from "./inventory-export.ts";
import { retireTask } from "./inventory-retire-task.ts";
import type { InventorySelection } from "./inventory-selection.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** What the tasks work on. */
export interface TaskParts {
  readonly announcer: Announcer;
  readonly flow: ImportFlow;
  readonly selection: InventorySelection;
  readonly texts: () => InventoryTexts;
  readonly service: () => LocalMfaService | undefined;
  readonly lastImport: () => LastImport | null;
  readonly onRetired: (report: RetireReport) => void;
  /** The inventory was changed. */
  readonly onChanged: () => void;
}

/** Tokens to do something with. */
type Chosen = Pick<InventorySelection, "count" | "choice">;

/** What is asked about in the inventory's dialog before it is done. */
export class InventoryTasks {
  readonly #host: ReactiveControllerHost;
  readonly #parts: TaskParts;
  readonly #dialog: InventoryDialog;
  #exportNotice = "";

  constructor(host: ReactiveControllerHost, parts: TaskParts) {
    this.#host = host;
    this.#parts = parts;
    this.#dialog = new InventoryDialog(host);
  }

  /** Why nothing can be done with a selection yet, or empty. */
  get notice(): string {
    return this.#exportNotice;
  }

  render(texts: InventoryTexts): TemplateResult {
    return this.#dialog.render(texts);
  }

  readonly undo = (): void => {
    const { service, flow, lastImport, selection, texts, onChanged } = this.#parts;
    const now = service();
    const undoable = undoableOf(flow.step, lastImport());
    if (!now || !undoable) return;
    const onUndone = (report: UndoReport) => {
      selection.clear();
      flow.showUndone(report);
      onChanged();
    };
    void this.#dialog.open(undoTask(texts(), now, undoable, onUndone));
  };

  /** Of what is selected. */
  readonly exportSelected = (): void => {
    if (this.#hasSelection()) this.exportTokens(this.#parts.selection);
  };

  exportTokens({ count, choice }: Chosen): void {
    const { service, texts, announcer } = this.#parts;
    const now = service();
    if (!now) return;
    const { text, number } = texts();
    const task = exportTask(texts(), now, { count, choice }, () =>
      announcer.say(text.exported(count, number(count))),
    );
    void this.#dialog.open({ ...task, onStopped: () => announcer.say(text.exportStopped) });
  }

  readonly retireSelected = (): void => {
    if (this.#hasSelection()) this.retireTokens(this.#parts.selection);
  };

  retireTokens({ count, choice }: Chosen): void {
    const { service, texts, announcer, selection, onChanged, onRetired } = this.#parts;
    const now = service();
    if (!now) return;
    const { text, number } = texts();
    const task = retireTask(texts(), now, { count, choice }, (report) => {
      selection.clear();
      onRetired(report);
      announcer.say(text.retired(report.retired, number(report.retired)));
      onChanged();
    });
    const onStopped = () => {
      announcer.say(text.retireStopped);
      onChanged();
    };
    void this.#dialog.open({ ...task, onStopped });
  }

  #hasSelection(): boolean {
    const { selection, texts, announcer } = this.#parts;
    this.#exportNotice = selection.count === 0 ? texts().text.selectFirst : "";
    if (this.#exportNotice !== "") announcer.alert(this.#exportNotice);
    this.#host.requestUpdate();
    return selection.count > 0;
  }
}
