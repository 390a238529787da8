import { expect, type Page } from "@playwright/test";
import type { RequestTokenOptions } from "../../src/bridge/contract.ts";
import type { Display } from "../support/testbed/display.ts";
import type { Rgb } from "../support/testbed/xwd.ts";

/** What became of a call of `requestToken`: the token's name, null for a dismissed chooser, or the error's text. */
export type Answer = { readonly token: string | null } | { readonly error: string };

/** A colour that nothing of the browser's own has. */
const PAGE_COLOUR: Rgb = [1, 2, 254];
/** In pixels; the chooser covers about 200 000 of the page. */
const LARGE = 100_000;
/** The machine may be busy with other work. */
const PATIENCE = { timeout: 40_000, intervals: [250] };
/** After so long without an answer a chooser is taken not to hear the keyboard. */
const KEY_PATIENCE_MS = 15_000;

/** The browser's own dialog, worked by the keyboard as a person would. No protocol sees it: its pixels tell that it is there. */
export class Chooser {
  readonly #page: Page;
  readonly #display: Display;

  constructor(page: Page, display: Display) {
    this.#page = page;
    this.#display = display;
  }

  /** Clicks the page's button, which calls `requestToken`; ends when the chooser stands still on the screen. */
  async open(options?: RequestTokenOptions): Promise<void> {
    const shown = () => this.#display.count(PAGE_COLOUR);
    await addButton(this.#page, options);
    await expect.poll(() => this.#display.focusedTitle(), PATIENCE).toMatch(/^Hardware tests/u);
    await expect.poll(shown, PATIENCE).toBeGreaterThan(4 * LARGE);
    await this.#expectStill();
    const before = await shown();
    await this.#page.getByRole("button", { name: "Connect" }).click();
    await expect.poll(shown, PATIENCE).toBeLessThan(before - LARGE);
    await this.#expectStill();
  }

  /**
   * Takes the first token of the list of the chooser that `open` has opened with the same options. The page finds it as
   * `window.chosen`. A chooser that takes no keys, which a busy window manager leaves behind now and then, is opened anew.
   */
  async connect(options?: RequestTokenOptions): Promise<Answer> {
    // The focus is on Cancel, then in the list; the button Connect is the default once something is selected.
    await this.#display.press("Tab");
    // With each try again: a list that was filled late has lost its selection, and one more Down does no harm.
    const taken = await this.#findAnswerAfter(["Down", "Return"], KEY_PATIENCE_MS);
    if (taken !== null) return taken;
    await this.#page.bringToFront();
    await this.#answerAfter("Escape");
    await this.open(options);
    await this.#display.press("Tab", "Down");
    return await this.#answerAfter("Return");
  }

  /** Closes the chooser without a choice. */
  async dismiss(): Promise<Answer> {
    return await this.#answerAfter("Escape");
  }

  async #answerAfter(key: string): Promise<Answer> {
    const answer = await this.#findAnswerAfter([key], PATIENCE.timeout);
    if (answer === null) throw new Error(`The chooser did not answer to ${key}.`);
    return answer;
  }

  /** Presses the keys more than once: a dialog takes no Return in its first half second, lest it be meant for the page. */
  async #findAnswerAfter(keys: readonly string[], patienceMs: number): Promise<Answer | null> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      await this.#display.press(...keys);
      await this.#page.waitForTimeout(250);
      const answer = await findAnswer(this.#page);
      if (answer !== null) return answer;
    }
    return null;
  }

  /** Two looks at the screen show the same: nothing fades in any more, and the list is filled. */
  async #expectStill(): Promise<void> {
    let last = await this.#display.frame();
    const isStill = async () => {
      const frame = await this.#display.frame();
      const isSame = frame.equals(last);
      last = frame;
      return isSame;
    };
    await expect.poll(isStill, { ...PATIENCE, intervals: [400] }).toBe(true);
  }
}

async function addButton(page: Page, options: RequestTokenOptions | undefined): Promise<void> {
  await page.evaluate(
    async ([colour, requestOptions]) => {
      const { requestToken } = await window.hardware.bridge();
      Reflect.deleteProperty(window, "answer");
      document.documentElement.style.background = `rgb(${colour.join(" ")})`;
      const button = document.createElement("button");
      button.textContent = "Connect";
      const ask = async () => {
        // A Return too many must not ask again.
        button.remove();
        try {
          const token = await requestToken(requestOptions);
          Object.assign(window, { chosen: token, answer: { token: token?.info.name ?? null } });
        } catch (error) {
          Object.assign(window, { answer: { error: String(error) } });
        }
      };
      button.addEventListener("click", () => void ask());
      document.body.append(button);
    },
    [PAGE_COLOUR, options] as const,
  );
}

async function findAnswer(page: Page): Promise<Answer | null> {
  return await page.evaluate(() => (Reflect.get(window, "answer") ?? null) as Answer | null);
}
