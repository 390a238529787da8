import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathCodeEvent } from "../../../src/elements/events.ts";
import { mount } from "../../support/elements.ts";

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

const field = () => page.getByLabelText("MFA code");
const input = () => document.querySelector<HTMLInputElement>("oath-code > input");
const drawn = () => {
  const slots = document.querySelector("oath-code")?.shadowRoot?.querySelectorAll(".slot") ?? [];
  return [...slots].map((slot) => slot.textContent);
};

it("is one text field for a screen reader, with its label and hint", async () => {
  await mount("oath-code", { label: "MFA code", hint: "Press the button.", required: true });

  expect(page.getByRole("textbox").elements()).toHaveLength(1);
  await expect.element(field()).toHaveAccessibleDescription("Press the button.");
  expect(input()?.autocomplete).toBe("one-time-code");
  expect(input()?.inputMode).toBe("numeric");
  expect(input()?.hasAttribute("maxlength")).toBe(false);
  expect(parseFloat(getComputedStyle(input() as Element).fontSize)).toBeGreaterThanOrEqual(16);
});

it("draws again when a property changes", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  expect(drawn()).toHaveLength(6);

  element.digits = 8;
  element.error = "That code did not match.";
  await element.updateComplete;

  expect(drawn()).toHaveLength(8);
  await expect.element(field()).toHaveAttribute("aria-invalid", "true");
  await expect.element(field()).toHaveAccessibleDescription("That code did not match.");
});

it("takes a pasted code with a blank, and fires once it is whole", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  const events: OathCodeEvent[] = [];
  document.body.addEventListener("oath-code", (event) => events.push(event), { once: true });

  await userEvent.fill(field(), "755 224");

  expect(element.value).toBe("755224");
  expect(drawn()).toEqual(["7", "5", "5", "2", "2", "4"]);
  expect(events.map(({ observed }) => observed.code)).toEqual(["755224"]);
});

it("keeps letters out and says why", async () => {
  const element = await mount("oath-code", { label: "MFA code" });

  await userEvent.type(field(), "12a3");

  expect(element.value).toBe("123");
  expect(drawn()).toEqual(["1", "2", "3", "", "", ""]);
  await userEvent.type(field(), "x");
  await expect.element(page.getByRole("status")).toHaveTextContent("A code has digits only");
  await userEvent.fill(field(), "1234");
  await expect.element(page.getByRole("status")).toHaveTextContent("");
});

it("refuses a seventh digit and says why", async () => {
  const element = await mount("oath-code", { label: "MFA code" });

  await userEvent.type(field(), "7552241");

  expect(element.value).toBe("755224");
  await expect.element(page.getByRole("status")).toHaveTextContent("That was more than 6 digits.");
});

it("refuses a pasted text of two megabytes before it is in the field", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  const edits: InputEvent[] = [];
  const told: Event[] = [];
  await userEvent.type(field(), "755");
  input()?.addEventListener("beforeinput", (event) => edits.push(event));
  element.addEventListener("input", (event) => told.push(event));
  document.addEventListener(
    "copy",
    (event) => {
      event.clipboardData?.setData("text/plain", "12ab".repeat(500_000));
      event.preventDefault();
    },
    { once: true },
  );
  await userEvent.copy();
  await userEvent.paste();

  await expect.element(page.getByRole("status")).toHaveTextContent("That was more than 6 digits.");
  expect(edits.map(({ data, defaultPrevented }) => [data?.length, defaultPrevented])).toEqual([
    [2_000_000, true],
  ]);
  expect(element.value).toBe("755");
  expect(input()?.value).toBe("755");
  expect(told).toHaveLength(1);
  await userEvent.type(field(), "2");
  await expect.element(page.getByRole("status")).toHaveTextContent("");
  expect(element.value).toBe("7552");
});

it("refuses a long text that came another way", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  await userEvent.type(field(), "755");

  await userEvent.fill(field(), "1 ".repeat(129));

  expect(element.value).toBe("755");
  expect(input()?.value).toBe("755");
  await expect.element(page.getByRole("status")).toHaveTextContent("That was more than 6 digits.");
});

it("moves the caret, draws it and inserts there", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  await userEvent.type(field(), "1245");

  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  await expect.poll(() => element.shadowRoot?.querySelector(".slot.caret")?.textContent).toBe("4");
  await userEvent.keyboard("3");
  expect(element.value).toBe("12345");

  await userEvent.keyboard("{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}");
  await expect
    .poll(() => [...(element.shadowRoot?.querySelectorAll(".selected") ?? [])].map((s) => s.textContent))
    .toEqual(["2", "3"]);
});

it("puts the caret into the pressed slot", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  element.value = "123456";
  await element.updateComplete;
  const slots = [...(element.shadowRoot?.querySelectorAll(".slot") ?? [])];
  const fifth = slots[4]?.getBoundingClientRect();
  const box = input()?.getBoundingClientRect();
  if (!fifth || !box) throw new Error("nothing is drawn");

  await userEvent.click(field(), { position: { x: fifth.left - box.left + 3, y: box.height / 2 } });

  expect(input()?.selectionStart).toBe(4);
});

it("measures the age of a code from the moment it was whole", async () => {
  const now = vi.spyOn(performance, "now");
  const element = await mount("oath-code", { label: "MFA code" });
  now.mockReturnValue(1000);
  element.value = "755224";
  now.mockReturnValue(31_000);

  expect(element.typedAtMs).toBe(1000);
  expect(element.observed).toEqual({ code: "755224", ageMs: 30_000 });

  element.value = "75522";
  expect(element.observed).toBeNull();
});

it("cannot be edited while the code is checked", async () => {
  const element = await mount("oath-code", { label: "MFA code", busy: true });

  await expect.element(field()).toHaveAttribute("readonly");
  element.busy = false;
  await element.updateComplete;
  await expect.element(field()).not.toHaveAttribute("readonly");
});

it("is not doubled when it is cloned", async () => {
  const element = await mount("oath-code", { label: "MFA code" });
  const clone = element.cloneNode(true) as typeof element;
  element.replaceWith(clone);
  await clone.updateComplete;

  expect(page.getByRole("textbox").elements()).toHaveLength(1);
});

it("ignores a page's own rules for inputs where they would break it", async () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("input { font-size: 10px; border: 5px solid red; width: 50px; }");
  document.adoptedStyleSheets.push(sheet);
  try {
    const element = await mount("oath-code", { label: "MFA code" });
    const style = getComputedStyle(input() as Element);
    const control = element.shadowRoot?.querySelector(".control");
    expect(style.fontSize).toBe("24px");
    expect(style.borderTopWidth).toBe("0px");
    expect(input()?.offsetWidth).toBe(control?.clientWidth);
  } finally {
    document.adoptedStyleSheets.pop();
  }
});
