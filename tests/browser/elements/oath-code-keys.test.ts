import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathCode } from "../../../src/elements/oath-code.ts";
import { deepActiveElement, focusedLabel, mount, USER } from "../../support/elements.ts";

afterEach(() => document.body.replaceChildren());

const OTP = "ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded";

interface Bench {
  readonly code: OathCode;
  readonly events: string[];
}

/** A form with a code field, and what was heard of it in order. */
async function bench(digits = 6): Promise<Bench> {
  const events: string[] = [];
  const form = document.createElement("form");
  // Only the field itself is to keep a code back here, not the browser's own checks.
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    events.push(`submit ${code.value}`);
  });
  const code = Object.assign(document.createElement("oath-code"), { label: "MFA code", digits });
  code.addEventListener("oath-code", (event) => events.push(`code ${event.observed.code}`));
  code.addEventListener("oath-token-identifier", ({ identifier, serialNumber }) =>
    events.push(`identifier ${identifier} ${serialNumber}`),
  );
  form.append(code, document.createElement("button"));
  document.body.replaceChildren(form);
  await code.updateComplete;
  code.focus();
  return { code, events };
}

/** Types as a key does: real input events, a few milliseconds apart by their own clock, then Enter. */
function typeAsKey(text: string, { enter = true, gapMs = 5 } = {}): void {
  const field = deepActiveElement() as HTMLInputElement;
  const startMs = performance.now();
  text.split("").forEach((character, index) => {
    field.setRangeText(character, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
    const event = new InputEvent("input", { inputType: "insertText", data: character, bubbles: true });
    Object.defineProperty(event, "timeStamp", { value: startMs + index * gapMs });
    field.dispatchEvent(event);
  });
  if (!enter) return;
  const enterKey = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  // A made-up Enter submits nothing by itself; what the browser would do is done here.
  if (field.dispatchEvent(enterKey)) field.form?.requestSubmit();
}

const note = () => page.getByRole("status");

it.each([
  [6, "755224"],
  [7, "7552249"],
  [8, "75522493"],
])("takes %i digits and Enter from a key", async (digits, typed) => {
  const { events } = await bench(digits);

  typeAsKey(typed);

  expect(events).toEqual([`code ${typed}`, `submit ${typed}`]);
});

it.each([
  ["ubhe12345678755224", "ubhe12345678", "12345678"],
  ["ubhe00045678755224", "ubhe00045678", "45678"],
  ["UBHE12345678755224", "ubhe12345678", "12345678"],
  ["ubnlcccccccc755224", "ubnlcccccccc", "ubnlcccccccc"],
  ["123456789012755224", "123456789012", "123456789012"],
])("strips the identifier in front of %s", async (typed, identifier, serialNumber) => {
  const { code, events } = await bench();

  typeAsKey(typed);

  expect(code.value).toBe("755224");
  expect(events).toEqual([`identifier ${identifier} ${serialNumber}`, "code 755224", "submit 755224"]);
  await expect.element(note()).toHaveTextContent("");
});

it("tells of an identified code also without Enter, and only once", async () => {
  const { events } = await bench();

  typeAsKey("ubhe12345678755224", { enter: false });
  expect(events).toEqual([]);

  await expect.poll(() => events).toEqual(["identifier ubhe12345678 12345678", "code 755224"]);
});

it("takes a code of a key in place of one that stands there", async () => {
  const { code } = await bench();
  code.value = "111111";
  await code.updateComplete;
  (document.activeElement as HTMLInputElement).setSelectionRange(6, 6);

  typeAsKey("ubhe12345678755224");

  expect(code.value).toBe("755224");
});

it.each([
  [6, "ubhe1234567875522493", "That was more than 6 digits."],
  [8, "ubhe12345678755224", "Enter the 8 digits shown on the token."],
  [6, "75522493", "That was more than 6 digits."],
  [6, "ubhe1234", "A code has digits only"],
  [6, OTP, "That was a Yubico OTP"],
])("sends nothing that is no whole code of %i digits: %s", async (digits, typed, text) => {
  const { events } = await bench(digits);

  typeAsKey(typed);

  await expect.element(note()).toHaveTextContent(text);
  expect(events.filter((event) => event.startsWith("submit"))).toEqual([]);
});

it("keeps what stood there when a key types what is refused", async () => {
  const { code } = await bench();
  code.value = "755224";
  await code.updateComplete;

  typeAsKey("ubhe1234567875522493");
  expect(code.value).toBe("755224");
  typeAsKey(OTP);
  expect(code.value).toBe("755224");
});

it("does not take for a key what is typed slowly", async () => {
  const { code, events } = await bench();

  typeAsKey("ubhe12345678", { gapMs: 80, enter: false });

  expect(code.value).toBe("123456");
  expect(events.filter((event) => event.startsWith("identifier"))).toEqual([]);
  await expect.element(note()).toHaveTextContent("That was more than 6 digits.");
});

it.each([
  ["ubhe12345678755224", "755224", ""],
  [" 755 224 ", "755224", ""],
  ["755224 287082 162583", "", "That was more than 6 digits."],
  [OTP, "", "That was a Yubico OTP"],
])("judges a paste of “%s” as a whole", async (pasted, value, text) => {
  const { code } = await bench();

  await userEvent.fill(page.getByLabelText("MFA code"), pasted);

  expect(code.value).toBe(value);
  await expect.element(note()).toHaveTextContent(text);
});

it("leaves composed digits alone until they are whole", async () => {
  const { code, events } = await bench();
  const field = document.activeElement as HTMLInputElement;

  field.value = "７５";
  field.dispatchEvent(
    new InputEvent("input", { isComposing: true, inputType: "insertCompositionText", data: "７５" }),
  );
  expect(field.value).toBe("７５");
  field.value = "７５５２２４";
  field.dispatchEvent(new CompositionEvent("compositionend", { data: "７５５２２４" }));

  expect(code.value).toBe("755224");
  expect(events).toEqual(["code 755224"]);
});

it("lets a person's own Enter submit as ever", async () => {
  const { events } = await bench();

  await userEvent.keyboard("7");
  await userEvent.keyboard("{Enter}");

  expect(events).toEqual(["submit 7"]);
});

it("leads from the first code to the second in the wizard, and offers the key's number", async () => {
  const element = await mount("oath-enroll", { userName: USER });
  await userEvent.fill(page.getByLabelText("Device name"), "Key");
  await userEvent.click(page.getByRole("button", { name: "Next" }));
  await userEvent.click(page.getByLabelText("MFA code 1"));

  typeAsKey("ubhe12345678755224");

  await expect.element(page.getByLabelText("MFA code 1")).toHaveValue("755224");
  await expect.poll(focusedLabel).toBe("MFA code 2");
  await expect.element(page.getByLabelText("Serial number")).toHaveValue("12345678");
  expect(element.shadowRoot?.querySelector("oath-code")?.error).toBe("");
});

it("goes to the second field at Enter, and submits behind the last", async () => {
  await mount("oath-enroll", { userName: USER });
  await userEvent.fill(page.getByLabelText("Device name"), "Key");
  await userEvent.click(page.getByRole("button", { name: "Next" }));
  await userEvent.fill(page.getByLabelText("MFA code 1"), "755224");
  await userEvent.keyboard("{Enter}");
  expect(focusedLabel()).toBe("MFA code 2");
  await userEvent.fill(page.getByLabelText("MFA code 2"), "287082");
  await userEvent.keyboard("{Enter}");

  await expect.poll(() => deepActiveElement()?.id).toBe("serial-number");
});
