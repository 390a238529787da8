import type { Bytes } from "../core/bytes.ts";

export interface TransmitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the token may work on one command; the transport's own default unless told (a touch needs 30 s). */
  readonly timeoutMs?: number | undefined;
  /** Called once when the token has been working so long that it is likely to wait for a touch. */
  readonly onWaiting?: (() => void) | undefined;
}

/** An open pipe to one token. It moves whole APDUs and knows nothing about OATH. */
export interface ApduConnection {
  readonly deviceName: string;
  /**
   * Sends one command APDU (ISO 7816-4) and gives its answer: data and the two bytes of the status word. One exchange at a
   * time: a second call waits its turn. Never rejects for a status word. Rejects with `unplugged`, `timeout`,
   * `device-in-use`, `malformed-answer`, or the signal's reason.
   */
  transmit(command: Bytes, options?: TransmitOptions): Promise<Bytes>;
  /** Waits for the exchange under way, then lets the device go. Calling it twice is harmless. */
  close(): Promise<void>;
}
