/** What all tabs of one database tell each other. It says nothing: whoever hears it looks at the list anew. */
const CHANGED = "devices";

const nameOf = (databaseName: string) => `oath-bridge devices ${databaseName}`;

/** Tells all tabs, this one included, that a device was assigned, resynchronized or removed. */
export function announceDevices(databaseName: string): void {
  const channel = new BroadcastChannel(nameOf(databaseName));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin, and takes no other
  channel.postMessage(CHANGED);
  channel.close();
}

/** Calls `listener` after each {@link announceDevices}, in whichever tab or worker, until the signal is aborted. */
export function watchDevices(
  databaseName: string,
  listener: () => void,
  { signal }: { readonly signal: AbortSignal },
): void {
  if (signal.aborted) return;
  const channel = new BroadcastChannel(nameOf(databaseName));
  channel.addEventListener("message", () => listener(), { signal });
  signal.addEventListener("abort", () => channel.close(), { once: true });
}
