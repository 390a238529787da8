import { html, type TemplateResult } from "lit";
import { Announcer } from "./announcer.ts";
import { controlStyles } from "./control-styles.ts";
import { OathElement } from "./oath-element.ts";
import { readingStyles } from "./reading-styles.ts";
import { themeStyles } from "./theme.ts";
import { TokenReading, type TokenReadingResult, type Wanted } from "./token-reading.ts";

/** The name under which a code field finds its panel. Not for pages: it is registered when a field first needs it. */
export const READING_PANEL = "oath-reading-panel";

/** What a reading asks of the person, for a code field that stands by itself. */
export class ReadingPanel extends OathElement {
  static override styles = [themeStyles, controlStyles, readingStyles];

  readonly #announcer = new Announcer(this);
  readonly #reading = new TokenReading(this, this.#announcer);

  /** Null when the person gave up or nothing could be read; the reason is then shown. */
  read(wanted: Partial<Wanted>): Promise<TokenReadingResult | null> {
    return this.#reading.read(wanted);
  }

  /** Gives up, and takes away what was said. */
  stop(): void {
    this.#reading.stop();
  }

  protected override render(): TemplateResult {
    return html`${this.#reading.render()} ${this.#announcer.render()}`;
  }
}

/** Registers the panel, once for all fields. */
export function defineReadingPanel(): void {
  if (!customElements.get(READING_PANEL)) customElements.define(READING_PANEL, ReadingPanel);
}
