import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathCode } from "../../../src/elements/oath-code.ts";

afterEach(() => document.body.replaceChildren());

async function mountForm(attributes: string): Promise<{ form: HTMLFormElement; code: OathCode }> {
  document.body.innerHTML = `<form><fieldset><label for="otp">Code of the day</label>
    <oath-code id="otp" name="otp" ${attributes}></oath-code></fieldset><button>Go</button></form>`;
  const form = document.querySelector("form");
  const code = document.querySelector("oath-code");
  if (!form || !code) throw new Error("not mounted");
  await code.updateComplete;
  return { form, code };
}

it("sends its digits under its name, and nothing of its inner field", async () => {
  const { form, code } = await mountForm("");
  await userEvent.fill(page.getByRole("textbox"), "755-224");

  expect([...new FormData(form)]).toEqual([["otp", "755224"]]);
  expect(code.form).toBe(form);
});

it("takes its name from a label of the page, which also leads to it", async () => {
  await mountForm("");

  await expect.element(page.getByRole("textbox")).toHaveAccessibleName("Code of the day");
  await userEvent.click(page.getByText("Code of the day"));
  expect(document.activeElement?.localName).toBe("input");
});

it("is required, and too short until it is whole", async () => {
  const { form, code } = await mountForm("required");
  expect(code.validity.valueMissing).toBe(true);
  expect(form.checkValidity()).toBe(false);

  await userEvent.type(page.getByRole("textbox"), "755");
  expect(code.validity.tooShort).toBe(true);
  expect(code.validationMessage).toBe("Enter the 6 digits shown on the token.");
  expect(code.reportValidity()).toBe(false);
  expect(code.willValidate).toBe(true);

  await userEvent.type(page.getByRole("textbox"), "224");
  expect(form.checkValidity()).toBe(true);
});

it("is emptied by a reset, and never restored", async () => {
  const { form, code } = await mountForm("");
  code.value = "755224";
  form.reset();
  expect(code.value).toBe("");

  code.value = "755224";
  code.formStateRestoreCallback();
  expect(code.value).toBe("");
});

it("is disabled with its fieldset", async () => {
  const { form, code } = await mountForm("");
  code.value = "755224";
  const fieldset = form.querySelector("fieldset");
  if (fieldset) fieldset.disabled = true;
  await code.updateComplete;

  await expect.element(page.getByRole("textbox")).toBeDisabled();
  expect([...new FormData(form)]).toEqual([]);
});

it("submits its form by Enter", async () => {
  const { form } = await mountForm("");
  let submitted = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitted += 1;
  });

  await userEvent.type(page.getByRole("textbox"), "755224{Enter}");

  expect(submitted).toBe(1);
});

it("fires input and change of its own", async () => {
  const { code } = await mountForm("");
  const seen: string[] = [];
  for (const type of ["input", "change"]) {
    code.addEventListener(type, (event) => seen.push(`${type} ${(event.target as Element).localName}`));
  }

  await userEvent.type(page.getByRole("textbox"), "7{Tab}");

  expect(seen).toEqual(["input oath-code", "change oath-code"]);
});
