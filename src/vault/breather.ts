/** Longest time in milliseconds that long work keeps a worker from its other calls. */
const BREATH_MS = 12;

/**
 * To be awaited in the middle of long work: lets others through when that has gone on for some time, and rejects with the
 * signal's reason.
 */
export function breather(signal?: AbortSignal): () => Promise<void> | void {
  let since = performance.now();
  const breathe = async () => {
    await new Promise<void>((resolve) => void setTimeout(resolve));
    signal?.throwIfAborted();
    since = performance.now();
  };
  return () => {
    signal?.throwIfAborted();
    return performance.now() - since < BREATH_MS ? undefined : breathe();
  };
}
