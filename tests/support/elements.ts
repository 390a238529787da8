import axe from "axe-core";
import type { LitElement } from "lit";
import { MfaError, type MfaErrorCode, type MfaErrorDetails } from "../../src/mfa/errors.ts";

/** The user of `makeDevice`. */
export const USER = "root@example.com";

/** Puts an element with `properties` alone on the page, and waits until it is drawn. */
export async function mount<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = Object.assign(document.createElement(tag), properties);
  const main = document.createElement("main");
  main.append(element);
  document.body.replaceChildren(main);
  await settle(element);
  return element;
}

/** Waits until an element and the elements in its shadow tree are drawn. */
export async function settle(element: Element): Promise<void> {
  await (element as LitElement).updateComplete;
  for (const inner of element.shadowRoot?.querySelectorAll("*") ?? []) {
    if (inner.localName.startsWith("oath-")) await settle(inner);
  }
}

/** What axe finds in the page, open shadow trees included, as "rule: selector". */
export async function axeViolations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "page-has-heading-one": { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** The focused element, looked for through all shadow trees. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** What the element's own live regions say now. */
export function announced(element: Element): { polite: string; assertive: string } {
  const read = (role: string) =>
    element.shadowRoot?.querySelector(`.visually-hidden[role=${role}]`)?.textContent?.trim() ?? "";
  return { polite: read("status"), assertive: read("alert") };
}

/** An error as the service rejects with. Its message must not reach the person. */
export function refused(code: MfaErrorCode, details: MfaErrorDetails = {}): MfaError {
  return new MfaError(code, "internal detail", { details });
}

/** An answer the test gives later. */
export function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => {
    settlers.push(resolve);
  });
  return { promise, resolve: (value) => settlers[0]?.(value) };
}

/** The name of the focused field, as its label has it. */
export function focusedLabel(): string | undefined {
  const active = deepActiveElement();
  return active instanceof HTMLInputElement ? active.labels?.[0]?.textContent?.trim() : undefined;
}
