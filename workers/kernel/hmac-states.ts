import type { HashFunction } from "./hash-function.ts";

/** RFC 2104 section 2: ipad and opad, four times. */
const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** Writes HMAC's inner and outer state of `bytes[from … to − 1]` to `states[at]`: twice as many words as the digest has. */
export type StateWriter = (
  bytes: Uint8Array,
  from: number,
  to: number,
  states: Int32Array,
  at: number,
) => void;

/** Its buffers are made once, for a million secrets need states; nothing of a secret is left in them. */
export function createStateWriter(hash: HashFunction): StateWriter {
  const block = new Uint8Array(hash.blockWords * 4);
  const view = new DataView(block.buffer);
  const mixed = new Int32Array(hash.blockWords);
  const compressMixed = (pad: number, states: Int32Array, at: number) => {
    for (let word = 0; word < mixed.length; word += 1) mixed[word] = view.getInt32(word * 4) ^ pad;
    hash.compress(hash.start, 0, mixed, states, at);
  };
  return (bytes, from, to, states, at) => {
    layKeyBlock(hash, bytes, from, to, block, 0);
    compressMixed(INNER_PAD, states, at);
    compressMixed(OUTER_PAD, states, at + hash.start.length);
    block.fill(0);
    mixed.fill(0);
    hash.wipe();
  };
}

/**
 * Lays a key's block of RFC 2104 into zeros at `blocks[at]`: the secret `bytes[from … to − 1]`, or its digest when it is
 * longer than the block.
 */
export function layKeyBlock(
  hash: HashFunction,
  bytes: Uint8Array,
  from: number,
  to: number,
  blocks: Uint8Array,
  at: number,
): void {
  if (to - from <= hash.blockWords * 4) {
    // A loop, for short copies by `set` need a view each.
    for (let index = from; index < to; index += 1) blocks[at + index - from] = bytes[index] ?? 0;
    return;
  }
  const digest = digestOf(hash, bytes.subarray(from, to));
  const view = new DataView(blocks.buffer, blocks.byteOffset);
  for (const [index, word] of digest.entries()) view.setInt32(at + index * 4, word);
  digest.fill(0);
  hash.wipe();
}

/** The digest of a message below 2^29 bytes, padded as FIPS 180-4 section 5.1 says. */
function digestOf(hash: HashFunction, message: Uint8Array): Int32Array {
  const blockBytes = hash.blockWords * 4;
  // The length stands in the last 8 (SHA-512: 16) bytes, after at least one byte of padding.
  const blocks = Math.ceil((message.length + 1 + blockBytes / 8) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  const state = hash.start.slice();
  const words = new Int32Array(hash.blockWords);
  for (let at = 0; at < padded.length; at += blockBytes) {
    for (let word = 0; word < words.length; word += 1) words[word] = view.getInt32(at + word * 4);
    hash.compress(state, 0, words, state, 0);
  }
  padded.fill(0);
  words.fill(0);
  return state;
}
