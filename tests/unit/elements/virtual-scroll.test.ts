import { expect, it } from "vitest";
import { TALLEST_PX, VirtualScroll } from "../../../src/elements/virtual-scroll.ts";

const ROW = 48;
const VIEW = 480;

function scrollOf(rows: number): VirtualScroll {
  const scroll = new VirtualScroll();
  scroll.layout(rows, ROW, VIEW);
  return scroll;
}

/** What is drawn at the top edge, in rows. */
function topRow(scroll: VirtualScroll, scrollTop: number): number {
  return (scrollTop - scroll.yOf(0)) / ROW;
}

it("is an ordinary box where all rows fit into one", () => {
  const scroll = scrollOf(1000);
  expect(scroll.heightPx).toBe(48_000);
  scroll.scrolled(4_800);
  expect([scroll.first, scroll.end]).toEqual([92, 120]);
  expect(scroll.yOf(100)).toBe(4_800);
  expect(scroll.settle()).toBe(4_800);
});

it("reaches every row of a million in a box that the browser can lay out", () => {
  const scroll = scrollOf(1_000_000);
  expect(scroll.heightPx).toBe(TALLEST_PX);
  scroll.scrolled(TALLEST_PX - VIEW);
  expect(scroll.end).toBe(1_000_000);
  expect(scroll.yOf(999_999) + ROW).toBeCloseTo(TALLEST_PX, 3);
  scroll.scrolled((TALLEST_PX - VIEW) / 2);
  expect(scroll.first).toBeCloseTo(500_000, -2);
  scroll.scrolled(0);
  expect(scroll.first).toBe(0);
  expect(scroll.yOf(0)).toBe(0);
});

it("moves row by row near by, and nothing in sight when it settles", () => {
  const scroll = scrollOf(1_000_000);
  let top = 6_000_000;
  scroll.scrolled(top);
  const before = topRow(scroll, top);
  for (let turn = 0; turn < 100; turn += 1) {
    top += 100;
    scroll.scrolled(top);
  }
  expect(topRow(scroll, top) - before).toBeCloseTo((100 * 100) / ROW, 5);
  const row = topRow(scroll, top);
  const settled = scroll.settle();
  expect(settled).not.toBeCloseTo(top, 0);
  expect(topRow(scroll, settled)).toBeCloseTo(row, 5);
});

it("brings a row into sight and no further than needed", () => {
  const scroll = scrollOf(1_000_000);
  const top = scroll.reveal(700_000);
  expect(scroll.yOf(700_000) + ROW - top).toBeCloseTo(VIEW, 5);
  expect(scroll.reveal(699_995)).toBe(top);
  const higher = scroll.reveal(699_000);
  expect(scroll.yOf(699_000)).toBeCloseTo(higher, 5);
  expect(scroll.toStart()).toBe(0);
  expect(scroll.first).toBe(0);
});

it("keeps the first row in sight when rows become taller, and stays within bounds when they become fewer", () => {
  const scroll = scrollOf(10_000);
  scroll.scrolled(48_000);
  scroll.layout(10_000, 96, VIEW);
  expect(scroll.settle()).toBe(96_000);
  scroll.layout(20, 96, VIEW);
  expect(scroll.settle()).toBe(20 * 96 - VIEW);
  scroll.layout(0, 96, VIEW);
  expect([scroll.first, scroll.end, scroll.settle(), scroll.heightPx]).toEqual([0, 0, 0, 0]);
});
