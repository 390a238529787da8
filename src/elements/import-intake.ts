import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { InventoryTexts } from "./inventory-texts.ts";

/** Takes files by choice, by drop and by paste. */
export class ImportIntake implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onFiles: (files: readonly File[]) => void;
  #isOver = false;

  constructor(host: ReactiveControllerHost & HTMLElement, onFiles: (files: readonly File[]) => void) {
    this.#host = host;
    this.#onFiles = onFiles;
    host.addController(this);
  }

  /** True while a file is held over the area. */
  get isOver(): boolean {
    return this.#isOver;
  }

  hostConnected(): void {
    document.addEventListener("paste", this.#paste);
  }

  hostDisconnected(): void {
    document.removeEventListener("paste", this.#paste);
    this.#isOver = false;
  }

  readonly chosen = (event: Event): void => {
    const chooser = event.currentTarget as HTMLInputElement;
    const files = [...(chooser.files ?? [])];
    // Emptied, so that choosing the same file again is a change again.
    chooser.value = "";
    this.#onFiles(files);
  };

  readonly dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#setOver(true);
  };

  readonly dragLeave = (): void => this.#setOver(false);

  readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.#setOver(false);
    this.#onFiles([...(event.dataTransfer?.files ?? [])]);
  };

  /** On the whole page, but not where another part of it has the focus: the file may be meant for that. */
  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    const isOurs = event.target === document.body || event.composedPath().includes(this.#host);
    if (files.length === 0 || event.defaultPrevented || !isOurs) return;
    event.preventDefault();
    this.#onFiles(files);
  };

  #setOver(isOver: boolean): void {
    this.#isOver = isOver;
    this.#host.requestUpdate();
  }
}

/** The button, and the area around it that takes a dropped file. `takesFocus`: it is where the person goes on. */
export function dropArea(
  { text }: InventoryTexts,
  intake: ImportIntake,
  takesFocus: boolean,
): TemplateResult {
  return html`<div
    class=${intake.isOver ? "drop over" : "drop"}
    part="drop"
    @dragover=${intake.dragOver}
    @dragleave=${intake.dragLeave}
    @drop=${intake.drop}
  >
    <button
      class="primary"
      type="button"
      aria-describedby="import-hint"
      ?data-focus=${takesFocus}
      @click=${openChooser}
    >
      ${text.chooseFile}
    </button>
    <span class="muted">${text.dropHere}</span>
    <span id="import-hint" class="hint">${text.importHint}</span>
    <input type="file" hidden aria-label=${text.seedFile} @change=${intake.chosen} />
  </div>`;
}

function openChooser(event: Event): void {
  (event.currentTarget as HTMLElement).parentElement?.querySelector("input")?.click();
}
