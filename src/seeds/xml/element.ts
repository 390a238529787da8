/** An attribute; its namespace is empty unless it has a prefix. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** An element with all that is in it. Names are local names, and never become keys of an object. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Its own text, as it stands in the file; an element's text after a child is joined to that before it. */
  readonly text: string;
}
