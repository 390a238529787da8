import type { ReactiveControllerHost, TemplateResult } from "lit";
import type { LastImport, LocalMfaService, UndoReport } from "../mfa/local-contract.ts";
import type { Announcer } from "./announcer.ts";
import type { ImportFlow } from "./import-flow.ts";
import { undoableOf, undoTask } from "./import-undo-task.ts";
import { InventoryDialog } from "./inventory-dialog.ts";
import { exportTask } from "./inventory-export.ts";
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
  /** The inventory was changed. */
  readonly onChanged: () => void;
}

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

  readonly export = (): void => {
    const { service, selection, texts, announcer } = this.#parts;
    const now = service();
    const { count, choice } = selection;
    if (!now || !this.#hasSelection()) return;
    const { text, number } = texts();
    const task = exportTask(texts(), now, { count, choice }, () =>
      announcer.say(text.exported(count, number(count))),
    );
    void this.#dialog.open({ ...task, onStopped: () => announcer.say(text.exportStopped) });
  };

  #hasSelection(): boolean {
    const { selection, texts, announcer } = this.#parts;
    this.#exportNotice = selection.count === 0 ? texts().text.selectFirst : "";
    if (this.#exportNotice !== "") announcer.alert(this.#exportNotice);
    this.#host.requestUpdate();
    return selection.count > 0;
  }
}
