/** The clock a virtual token lives by; it comes from outside, so that a test can turn it. */
export interface TokenTimer {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Calls `callback` once after `milliseconds`, unless what it returns is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}
