import { acceptEdit, isTooLong, type Draft, type Edit, type Refusal } from "./code-draft.ts";
import { KeyBurst } from "./key-burst.ts";

/** What the edits of one go came to. */
export interface TypingOutcome {
  readonly refusal: Refusal | null;
  /** The OATH token identifier a key typed in front of the code. */
  readonly identifier?: string | undefined;
  /** The value has changed. */
  readonly isNew: boolean;
  /** Stopped before the field had it: the browser tells of no edit. */
  readonly isStopped?: boolean;
}

const NOTHING: TypingOutcome = { refusal: null, isNew: false };

/**
 * Judges the edits of a code field. Their outcome is told when the go is over: with a key that is 50 ms after its last
 * sign or at its Enter; by hand at once, but for a refused sign, which may be the first of an identifier.
 */
export class CodeTyping {
  readonly #onOutcome: (outcome: TypingOutcome) => void;
  readonly #burst = new KeyBurst(() => this.#tell());
  #untold = NOTHING;

  constructor(onOutcome: (outcome: TypingOutcome) => void) {
    this.#onOutcome = onOutcome;
  }

  /** True while a key types. */
  get isKey(): boolean {
    return this.#burst.isRunning;
  }

  /** The browser alone takes seconds to insert a text of megabytes, so that is stopped before it happens. */
  readonly guard = (event: InputEvent): void => {
    if (!isTooLong(event.data ?? "")) return;
    event.preventDefault();
    // A go that still runs would tell its own outcome later, and take this refusal away.
    this.#burst.end();
    this.#onOutcome({ refusal: "too-long", isNew: false, isStopped: true });
  };

  /** What the field shows after an edit. Call {@link hear} with it once the field shows it. */
  judge(event: Event, edit: Edit): Draft {
    return acceptEdit(edit, this.#burst.add(event, edit.content, edit.before));
  }

  hear({ refusal, identifier }: Draft, isNew: boolean): void {
    const last = this.#burst.isRunning ? this.#untold : null;
    const lastRefusal = identifier === undefined ? (last?.refusal ?? null) : null;
    this.#untold = { refusal: refusal ?? lastRefusal, identifier, isNew: isNew || (last?.isNew ?? false) };
    if (!last && (!this.#burst.isOpen || refusal === null)) this.#tell();
  }

  /** Tells the outcome now, if there is one to tell. */
  end(): void {
    this.#burst.end();
  }

  /** Forgets what was not told yet. */
  cancel(): void {
    this.#burst.cancel();
    this.#untold = NOTHING;
  }

  #tell(): void {
    const outcome = this.#untold;
    this.#untold = NOTHING;
    this.#onOutcome(outcome);
  }
}
