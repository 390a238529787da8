import type { Bytes } from "../../core/bytes.ts";
import type { UsbFunction } from "./device.ts";

/** An interface that is there, takes everything and never says anything: a HID whose use is not modelled. */
export const SILENT_FUNCTION: UsbFunction = {
  control: () => Promise.resolve(new Uint8Array(0)),
  transferIn: (_length, signal) => untilAborted(signal),
  transferOut: () => Promise.resolve(),
};

function untilAborted(signal: AbortSignal): Promise<Bytes> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
