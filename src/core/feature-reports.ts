import type { Bytes } from "./bytes.ts";

/** An open pipe to one HID device without report ids. It moves whole feature reports and knows nothing of their meaning. */
export interface FeatureReportConnection {
  readonly deviceName: string;
  /** Sends one report. Rejects with `unplugged`, `not-granted`, or the signal's reason. */
  send(report: Bytes, signal?: AbortSignal): Promise<void>;
  /** The device's current report, without a report id. Rejects as {@link send}. */
  receive(length: number, signal?: AbortSignal): Promise<Bytes>;
  /** Lets the device go. Calling it twice is harmless. */
  close(): Promise<void>;
}
