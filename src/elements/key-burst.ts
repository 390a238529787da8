/** A key types with a few milliseconds between its signs; nobody types whole codes that fast. */
const GAP_MS = 50;

/** All that came in one go, and what stood in the field before it. */
export interface Go {
  readonly typed: string;
  readonly before: string;
}

/**
 * Tells what is typed in one go, as a key does, from what a person types sign by sign. While a go lasts nothing is
 * judged, because a key's identifier begins with letters.
 */
export class KeyBurst {
  readonly #onEnd: () => void;
  #go: Go = { typed: "", before: "" };
  #lastAtMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onEnd called when the go is over, or at once by {@link end} */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** True while a sign has just been typed, so that the next may belong to it. */
  get isOpen(): boolean {
    return this.#timer !== undefined;
  }

  /** True while more than one sign came in one go and the next may still come. */
  get isRunning(): boolean {
    return this.isOpen && this.#go.typed.length > 1;
  }

  /** Takes an edit of a field that held `before` and now has `content`; a paste is a go by itself. */
  add(edit: Event, content: string, before: string): Go {
    this.cancel();
    const data = edit instanceof InputEvent && edit.inputType === "insertText" ? (edit.data ?? "") : "";
    if (data.length !== 1) {
      this.#lastAtMs = -Infinity;
      this.#go = { typed: content.trim(), before };
      return this.#go;
    }
    const isSameGo = edit.timeStamp - this.#lastAtMs <= GAP_MS;
    this.#go = isSameGo ? { ...this.#go, typed: this.#go.typed + data } : { typed: data, before };
    this.#lastAtMs = edit.timeStamp;
    this.#timer = setTimeout(this.end, GAP_MS);
    return this.#go;
  }

  /** Ends the go now; harmless when there is none. */
  readonly end = (): void => {
    if (!this.isOpen) return;
    this.cancel();
    this.#onEnd();
  };

  /** Forgets to tell of the end. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
