import type { Bytes } from "../../core/bytes.ts";
import { UsbBabble } from "../usb/device.ts";

/** What a device does when its answer ends with a full packet. */
export type FullPacketEnd = "zero-length-packet" | "nothing";

/** An endpoint that sends to the host, packet by packet (USB 2.0 section 5.8.3). */
export class InPipe {
  readonly #packetSize: number;
  readonly #end: FullPacketEnd;
  readonly #packets: Bytes[] = [];
  #wake: () => void = () => undefined;

  constructor(packetSize: number, end: FullPacketEnd) {
    this.#packetSize = packetSize;
    this.#end = end;
  }

  /** Queues bytes for the host. */
  push(bytes: Bytes): void {
    for (let at = 0; at < bytes.length; at += this.#packetSize) {
      this.#packets.push(bytes.slice(at, at + this.#packetSize));
    }
    if (bytes.length % this.#packetSize === 0 && this.#end === "zero-length-packet") {
      this.#packets.push(new Uint8Array(0));
    }
    this.#wake();
  }

  get isEmpty(): boolean {
    return this.#packets.length === 0;
  }

  clear(): void {
    this.#packets.length = 0;
  }

  /** Waits for `length` bytes or a short packet, whatever comes first. */
  async transfer(length: number, signal: AbortSignal): Promise<Bytes> {
    const taken: number[] = [];
    while (taken.length < length) {
      const packet = this.#packets[0];
      if (packet === undefined) {
        await this.#untilPushed(signal);
        continue;
      }
      this.#packets.shift();
      if (taken.length + packet.length > length) throw new UsbBabble();
      taken.push(...packet);
      if (packet.length < this.#packetSize) break;
    }
    return Uint8Array.from(taken);
  }

  #untilPushed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason as Error);
      if (signal.aborted) onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      this.#wake = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
    });
  }
}
