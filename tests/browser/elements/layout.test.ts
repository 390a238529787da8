import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { page } from "vitest/browser";
import "../../../src/define.ts";
import { ELEMENT_STATES } from "../../support/element-states.ts";
import { settle } from "../../support/elements.ts";

beforeAll(() => page.viewport(320, 568));
afterAll(() => page.viewport(1280, 720));
afterEach(() => document.body.replaceChildren());

function* shadowDescendants(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* shadowDescendants(element.shadowRoot);
  }
}

/** Where a press counts: a field inside its label is as large as the label. */
function target(control: Element): DOMRect {
  return (control.closest("label") ?? control.closest("td") ?? control).getBoundingClientRect();
}

// WCAG 2.2, 1.4.10: no scrolling in two directions at 320 CSS pixels. 2.5.8: targets of 24 at least.
it.each(Object.entries(ELEMENT_STATES))("%s fits 320 pixels with targets large enough", async (_, show) => {
  await show();
  for (const element of document.body.querySelectorAll("main > *")) await settle(element);
  const all = [...shadowDescendants(document.body)];

  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  const visible = all.filter((element) => element.checkVisibility());
  const overhanging = visible.filter(
    (element) =>
      element.closest(".visually-hidden, thead") === null && element.getBoundingClientRect().right > 320.5,
  );
  expect(overhanging.map(({ localName, className }) => `${localName}.${className}`)).toEqual([]);
  const small = visible
    .filter((element) => element.matches("button, input, select"))
    .filter((control) => Math.min(target(control).width, target(control).height) < 24);
  expect(small.map((control) => control.outerHTML)).toEqual([]);
});
