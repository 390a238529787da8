import type { XmlElement } from "../xml/element.ts";

/** The namespace of RFC 6030 is `urn:ietf:params:xml:ns:keyprov:pskc`; the drafts before it used many others like it. */
const PSKC_NAMESPACE = /keyprov|pskc/iu;

/** The children of `parent` called `name` that are PSKC's own: an extension may use the same names for other things. */
export function children(parent: XmlElement | null, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name && isPskc(child, parent)) ?? [];
}

/** The first of {@link children}, or null. */
export function findChild(parent: XmlElement | null, name: string): XmlElement | null {
  return children(parent, name)[0] ?? null;
}

/** The trimmed text of the first child called `name`; null when it is absent or blank. */
export function findText(parent: XmlElement | null, name: string): string | null {
  return findChild(parent, name)?.text.trim() || null;
}

/** The trimmed value of an attribute without prefix; null when it is absent or blank. */
export function findAttribute(element: XmlElement | null, name: string): string | null {
  const found = element?.attributes.find(
    (attribute) => attribute.name === name && attribute.namespace === "",
  );
  return found?.value.trim() || null;
}

/** True when `element` is of PSKC, or of whatever namespace its parent was accepted with. */
export function isPskc(element: XmlElement, parent: XmlElement): boolean {
  return element.namespace === parent.namespace || PSKC_NAMESPACE.test(element.namespace);
}

/** `totp` of `urn:ietf:params:xml:ns:keyprov:pskc:totp`, of `…pskc#totp` and of bare `TOTP`: drafts and files differ. */
export function lastPart(identifier: string): string {
  return (identifier.split(/[:#/]/u).at(-1) ?? "").toLowerCase();
}
