import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";

/** A virtual token that takes and gives reports: a Nitrokey. */
export interface ReportToken {
  send(report: Bytes): void;
  receive(): Promise<Bytes>;
}

/** Talks to a virtual Nitrokey in the same page, without USB between: for the console. */
export class VirtualReportConnection implements FeatureReportConnection {
  readonly deviceName: string;
  readonly #token: ReportToken;
  readonly #unplugged: AbortSignal;
  #isClosed = false;

  /** `unplugged` is aborted when the token is taken out. */
  constructor(deviceName: string, token: ReportToken, unplugged: AbortSignal) {
    this.deviceName = deviceName;
    this.#token = token;
    this.#unplugged = unplugged;
  }

  // oxlint-disable-next-line require-await -- what goes wrong is a rejection
  async send(report: Bytes, signal?: AbortSignal): Promise<void> {
    this.#requireThere(signal);
    this.#token.send(report);
  }

  async receive(length: number, signal?: AbortSignal): Promise<Bytes> {
    this.#requireThere(signal);
    const report = await this.#token.receive();
    this.#requireThere(signal);
    return report.slice(0, length);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  #requireThere(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#isClosed || this.#unplugged.aborted) {
      throw new BridgeError("unplugged", "The virtual token was taken out. Plug it in again.");
    }
  }
}
