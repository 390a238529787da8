/**
 * Tallest box that is laid out, in CSS pixels. Firefox takes no more than 17.8 million, Chromium and Safari 33 million; a
 * million rows would need 48.
 */
export const TALLEST_PX = 12_000_000;

/** Rows drawn beyond the edges, so that a quick scroll does not run into nothing. */
const OVERSCAN_ROWS = 8;

/** Rows that come and go together: in between nothing has to be drawn anew. */
const DRAWN_AT_ONCE = 4;

/** A scroll by more than so many screens is a drag of the bar or a jump: it names a place, not a distance. */
const JUMP_SCREENS = 3;

/**
 * Where rows of one height stand in a box that may be too short for all of them. Near by, scrolling moves the rows pixel by
 * pixel; a drag of the bar names a part of the whole. In between the two drift apart, which {@link VirtualScroll.settle} mends
 * while nothing moves.
 */
export class VirtualScroll {
  #rows = 0;
  #rowPx = 48;
  #viewPx = 480;
  /** Where the top edge stands in a box that held all rows, and where it stands in ours. */
  #topPx = 0;
  #scrollTop = 0;

  /** Height of the box. */
  get heightPx(): number {
    return Math.min(this.#wholePx, TALLEST_PX);
  }

  /** The first row to draw. */
  get first(): number {
    const row = Math.floor(this.#topPx / this.#rowPx) - OVERSCAN_ROWS;
    return Math.max(0, Math.floor(row / DRAWN_AT_ONCE) * DRAWN_AT_ONCE);
  }

  /** After the last row to draw. */
  get end(): number {
    const row = Math.ceil((this.#topPx + this.#viewPx) / this.#rowPx) + OVERSCAN_ROWS;
    return Math.min(this.#rows, Math.ceil(row / DRAWN_AT_ONCE) * DRAWN_AT_ONCE);
  }

  /** Whole rows that a screen shows; one at least. */
  get screenRows(): number {
    return Math.max(1, Math.floor(this.#viewPx / this.#rowPx));
  }

  /** How many rows there are, how tall each is, and how much is seen of them. The first row in sight stays in sight. */
  layout(rows: number, rowPx: number, viewPx: number): void {
    const firstRow = this.#topPx / this.#rowPx;
    this.#rows = rows;
    this.#rowPx = Math.max(1, rowPx);
    this.#viewPx = Math.max(1, viewPx);
    this.#topPx = this.#clamped(firstRow * this.#rowPx);
  }

  /** The person scrolled the box to `scrollTop`. True when other rows have to be drawn, or elsewhere. */
  scrolled(scrollTop: number): boolean {
    const before = [this.first, this.end, this.yOf(0)].join();
    this.#moveTo(scrollTop);
    return before !== [this.first, this.end, this.yOf(0)].join();
  }

  #moveTo(scrollTop: number): void {
    const byPx = scrollTop - this.#scrollTop;
    this.#scrollTop = scrollTop;
    const isJump = Math.abs(byPx) > this.#viewPx * JUMP_SCREENS;
    this.#topPx = this.#clamped(isJump ? scrollTop * this.#scale : this.#topPx + byPx);
  }

  /** Where the box has to be scrolled to so that bar and rows agree. Nothing that is seen moves. */
  settle(): number {
    this.#scrollTop = this.#topPx / this.#scale;
    return this.#scrollTop;
  }

  /** Brings a row into sight. Gives where the box has to be scrolled to. */
  reveal(row: number): number {
    const startPx = row * this.#rowPx;
    const endPx = startPx + this.#rowPx - this.#viewPx;
    if (startPx < this.#topPx) this.#topPx = startPx;
    else if (endPx > this.#topPx) this.#topPx = endPx;
    this.#topPx = this.#clamped(this.#topPx);
    return this.settle();
  }

  /** Back to the first row. */
  toStart(): number {
    this.#topPx = 0;
    return this.settle();
  }

  /** Where a row is drawn, from the top of the box. */
  yOf(row: number): number {
    return row * this.#rowPx - this.#topPx + this.#scrollTop;
  }

  get #wholePx(): number {
    return this.#rows * this.#rowPx;
  }

  /** Pixels of all rows for each one of the bar. */
  get #scale(): number {
    const least = this.heightPx - this.#viewPx;
    return least > 0 ? (this.#wholePx - this.#viewPx) / least : 1;
  }

  #clamped(topPx: number): number {
    return Math.min(Math.max(0, topPx), Math.max(0, this.#wholePx - this.#viewPx));
  }
}
