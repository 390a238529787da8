import { vi } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import type { Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";

/** What a promise came to, with every timer run that it waited for. Needs fake timers. */
export async function outcome<T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  const settled = promise.then(
    (result) => ({ value: result }),
    (error: unknown) => ({ error }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

/** The error a promise ends in; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<BridgeError> {
  const ended = await outcome(promise);
  if ("error" in ended && ended.error instanceof BridgeError) return ended.error;
  throw new Error(`expected a BridgeError, got ${JSON.stringify(ended)}`, {
    cause: "error" in ended ? ended.error : null,
  });
}

/** The value of a promise, with the timers run. */
export async function resultOf<T>(promise: Promise<T>): Promise<T> {
  const ended = await outcome(promise);
  if ("error" in ended) throw ended.error;
  return ended.value;
}

/** A `disconnect` event of `device`. */
export function disconnectEvent(device: object): Event {
  return Object.assign(new Event("disconnect"), { device });
}

export const bytes = (hex: string): Bytes => parseHex(hex);
export const text = (octets: Bytes): string => formatHex(octets);

/** A promise that is opened from outside. */
export class Gate {
  open: () => void = () => {};
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
