import { afterEach, expect, it } from "vitest";
import "../../../src/define.ts";
import { ELEMENT_STATES } from "../../support/element-states.ts";
import { axeViolations, mount, settle, USER } from "../../support/elements.ts";

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute("style");
});

for (const scheme of ["light", "dark"]) {
  it.each(Object.entries(ELEMENT_STATES))(`axe finds nothing in %s (${scheme})`, async (_, show) => {
    document.documentElement.style.colorScheme = scheme;
    document.documentElement.style.background = "Canvas";
    await show();
    for (const element of document.body.querySelectorAll("main > *")) await settle(element);

    expect(await axeViolations()).toEqual([]);
  });
}

it("axe looks into the elements at all", async () => {
  const element = await mount("oath-enroll", { userName: USER });
  element.shadowRoot?.querySelector("label[for=device-name]")?.remove();

  expect((await axeViolations()).join()).toContain("label: ");
});
