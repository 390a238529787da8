import type { ReactiveController, ReactiveControllerHost } from "lit";
import { createRef, type Ref } from "lit/directives/ref.js";
import type { InventoryList } from "./inventory-list.ts";
import { VirtualScroll } from "./virtual-scroll.ts";

/** Milliseconds without a scroll after which the person is taken to have stopped, where the browser does not say. */
const STILL_MS = 150;

/** What a key press asks of the row it stands on. */
export interface GridEvents {
  readonly onToggle: (row: number) => void;
  readonly onOpen: (row: number) => void;
}

/**
 * Scrolling and keys of the list of tokens: which rows are drawn, which one the keys stand on. The focus stays on the list
 * itself, which names the row (`aria-activedescendant`): a row that is scrolled away takes no focus with it.
 */
export class InventoryGrid implements ReactiveController {
  readonly scroller: Ref<HTMLElement> = createRef();
  readonly scroll = new VirtualScroll();
  readonly #host: ReactiveControllerHost;
  readonly #list: InventoryList;
  readonly #events: GridEvents;
  readonly #resizes = new ResizeObserver(() => this.#measure());
  #observed: HTMLElement | undefined;
  #rowPx = 0;
  #active = 0;
  #still: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, list: InventoryList, events: GridEvents) {
    this.#host = host;
    this.#list = list;
    this.#events = events;
    host.addController(this);
  }

  /** The row the keys stand on. */
  get active(): number {
    return Math.min(this.#active, Math.max(0, (this.#list.total ?? 0) - 1));
  }

  hostDisconnected(): void {
    clearTimeout(this.#still);
    this.#resizes.disconnect();
    this.#observed = undefined;
  }

  hostUpdated(): void {
    const { value } = this.scroller;
    if (value !== this.#observed) {
      this.#resizes.disconnect();
      if (value) this.#resizes.observe(value);
      this.#observed = value;
    }
    this.#measure();
    this.#place();
  }

  /** Before rows are drawn: asks for those in sight. */
  beforeDrawing(): void {
    this.scroll.layout(this.#list.total ?? 0, this.#rowPx || 48, this.#viewPx());
    this.#list.need(this.scroll.first, this.scroll.end);
  }

  /** Another list is on view. */
  toStart(): void {
    this.#active = 0;
    this.#scrollTo(this.scroll.toStart());
  }

  readonly onScroll = (): void => {
    const { value } = this.scroller;
    if (!value) return;
    clearTimeout(this.#still);
    this.#still = setTimeout(this.onStill, STILL_MS);
    if (this.scroll.scrolled(value.scrollTop)) this.#host.requestUpdate();
  };

  /** Scrolling has ended: bar and rows are made to agree. */
  readonly onStill = (): void => {
    clearTimeout(this.#still);
    this.#scrollTo(this.scroll.settle());
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const total = this.#list.total ?? 0;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const to = this.#target(event.key, total);
    // The keys of a control in a row are its own.
    if (total === 0 || !isPlain || event.target !== this.scroller.value) return;
    if (to !== null) this.#moveTo(to);
    else if (event.key === " ") this.#events.onToggle(this.active);
    else if (event.key === "Enter") this.#events.onOpen(this.active);
    else return;
    event.preventDefault();
  };

  /** A row was pressed: the keys go on from there. */
  stand(row: number): void {
    this.#active = row;
    this.#host.requestUpdate();
  }

  #target(key: string, total: number): number | null {
    const { active } = this;
    const page = Math.max(1, this.scroll.screenRows - 1);
    switch (key) {
      case "ArrowDown":
        return Math.min(total - 1, active + 1);
      case "ArrowUp":
        return Math.max(0, active - 1);
      case "PageDown":
        return Math.min(total - 1, active + page);
      case "PageUp":
        return Math.max(0, active - page);
      case "Home":
        return 0;
      case "End":
        return total - 1;
      default:
        return null;
    }
  }

  #moveTo(row: number): void {
    this.#active = row;
    this.#scrollTo(this.scroll.reveal(row));
    this.#host.requestUpdate();
  }

  /** Our own scrolling is none of the person's: where it leads is known. */
  #scrollTo(topPx: number): void {
    const { value } = this.scroller;
    if (!value) return;
    if (Math.abs(value.scrollTop - topPx) >= 1) {
      // The box may be too short still; then its height is drawn first.
      this.#place();
      value.scrollTop = topPx;
    }
    this.#host.requestUpdate();
  }

  /** Puts the rows where they belong. Not in the template: a page's policy may forbid `style` attributes. */
  #place(): void {
    const box = this.scroller.value?.querySelector<HTMLElement>(".rows");
    if (!box) return;
    box.style.blockSize = `${this.scroll.heightPx}px`;
    for (const row of box.querySelectorAll<HTMLElement>(".row")) {
      const place = Number(row.getAttribute("aria-rowindex")) - 2;
      row.style.transform = `translateY(${this.scroll.yOf(place)}px)`;
    }
  }

  #measure(): void {
    const { value } = this.scroller;
    const row = value?.querySelector<HTMLElement>(".rows .row");
    if (!value || !row) return;
    const rowPx = row.offsetHeight;
    if (rowPx === 0) return;
    const before = [this.scroll.end, this.#rowPx];
    this.#rowPx = rowPx;
    this.scroll.layout(this.#list.total ?? 0, rowPx, this.#viewPx());
    if (before[0] !== this.scroll.end || before[1] !== rowPx) this.#host.requestUpdate();
  }

  #viewPx(): number {
    const { value } = this.scroller;
    const head = value?.querySelector<HTMLElement>(".head")?.offsetHeight ?? 0;
    return Math.max(1, (value?.clientHeight ?? 480) - head);
  }
}
