/** Plain bytes over an ordinary buffer: what WebCrypto, IndexedDB and the worker border all accept. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The UTF-8 bytes of `text`. */
export function utf8Bytes(text: string): Bytes {
  return encoder.encode(text);
}

/** One array holding all `parts` in order. */
export function concatBytes(...parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Overwrites bytes that held a secret. Copies the engine made before cannot be reached from here. */
export function wipe(bytes: Bytes): void {
  bytes.fill(0);
}
