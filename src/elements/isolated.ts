import { html, type TemplateResult } from "lit";

/**
 * A sentence with a value in it that others wrote, such as a file's name. In a `<bdi>` the value cannot turn the writing
 * direction of the words around it (Unicode Bidirectional Algorithm, UAX 9, section 2.7).
 */
export function isolated(sentence: string, value: string): TemplateResult {
  const at = value === "" ? -1 : sentence.indexOf(value);
  if (at === -1) return html`${sentence}`;
  return html`${sentence.slice(0, at)}<bdi>${value}</bdi>${sentence.slice(at + value.length)}`;
}
