import type { ReactiveController } from "lit";

/**
 * Tells the page, as `--console-foot-height`, how high an element is that lies over its foot, so that what gets the focus
 * is scrolled clear of it (WCAG 2.2, 2.4.11). It is measured, because text may be enlarged or wrap.
 */
export class FootHeight implements ReactiveController {
  readonly #find: () => Element | null;
  readonly #observer = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    document.documentElement.style.setProperty("--console-foot-height", `${Math.ceil(height)}px`);
  });
  #observed: Element | null = null;

  constructor(find: () => Element | null) {
    this.#find = find;
  }

  hostConnected(): void {
    this.hostUpdated();
  }

  hostUpdated(): void {
    const element = this.#find();
    if (element === this.#observed) return;
    this.#observed = element;
    this.#observer.disconnect();
    if (element) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = null;
    document.documentElement.style.removeProperty("--console-foot-height");
  }
}
