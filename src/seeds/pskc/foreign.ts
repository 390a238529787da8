import type { XmlElement } from "../xml/element.ts";

/**
 * The first child called `name`, whatever its namespace: the parts of XML Encryption and PKCS#5 come in several of them,
 * and in none (the Salt of figure 7 of RFC 6030).
 */
export function findAny(parent: XmlElement | null, name: string): XmlElement | null {
  return parent?.children.find((child) => child.name === name) ?? null;
}

/** The trimmed text of {@link findAny}; null when it is absent or blank. */
export function findAnyText(parent: XmlElement | null, name: string): string | null {
  return findAny(parent, name)?.text.trim() || null;
}

/** All elements inside called `name`, whatever their namespace, in order. */
export function findAllInside(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : findAllInside(child, name)));
}
