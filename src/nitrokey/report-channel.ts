import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";
import { COMMAND, COMMAND_STATUS, DEVICE_STATUS, REPORT } from "./commands.ts";
import { encodeGetStatus } from "./get-status.ts";
import { decodeResponse, requestCrc, type ResponseReport } from "./report.ts";

/** The two families, which differ in speed and in how they keep time. The Librem Key counts as a Pro. */
export type NitrokeyModel = "pro" | "storage";

/** How long the maker's library waits for an answer. Source: libnitrokey, device.cc and libnitrokey/device_proto.h. */
const POLLING = {
  pro: { everyMs: 100, patienceMs: 1_600 },
  storage: { everyMs: 40, patienceMs: 2_240 },
} as const;

/** Tried first: most commands take a few milliseconds. */
const QUICK_POLLS_MS = [2, 5, 10, 20, 40] as const;

/** A token that says it is busy (its smart card checks a PIN) gets this long. */
const BUSY_PATIENCE_MS = 10_000;

/** Turns feature reports into requests and answers. One request at a time: the caller takes turns. */
export class ReportChannel {
  readonly #connection: FeatureReportConnection;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #polling: (typeof POLLING)[NitrokeyModel];
  #lastCrc: number | null = null;

  constructor(
    connection: FeatureReportConnection,
    model: NitrokeyModel,
    sleep: (milliseconds: number) => Promise<void>,
  ) {
    this.#connection = connection;
    this.#polling = POLLING[model];
    this.#sleep = sleep;
  }

  /** Sends `request` and waits for its own answer. Rejects with `timeout`, `malformed-answer`, or what the connection does. */
  async exchange(request: Bytes, signal?: AbortSignal): Promise<ResponseReport> {
    const crc = requestCrc(request);
    // Answers are told apart by the request's CRC only: between two equal requests (two HOTP codes) something else goes.
    if (crc === this.#lastCrc && request[0] !== COMMAND.GET_STATUS)
      await this.#once(encodeGetStatus(), signal);
    return this.#once(request, signal);
  }

  async #once(request: Bytes, signal: AbortSignal | undefined): Promise<ResponseReport> {
    this.#lastCrc = requestCrc(request);
    await this.#connection.send(request, signal);
    let patienceMs: number = this.#polling.patienceMs;
    let doubtful: Bytes | null = null;
    let garbled = false;
    for (let waitedMs = 0, round = 0; waitedMs < patienceMs; round += 1) {
      const delayMs = QUICK_POLLS_MS[round] ?? this.#polling.everyMs;
      await raceWithSignal(this.#sleep(delayMs), signal);
      waitedMs += delayMs;
      const report = await this.#connection.receive(REPORT.LENGTH, signal);
      const response = decodeResponse(report);
      garbled = !isDeviceStatus(response.deviceStatus);
      if (response.deviceStatus === DEVICE_STATUS.BUSY) patienceMs = BUSY_PATIENCE_MS;
      if (!answers(response, request)) continue;
      // A report read while the token writes it has a wrong CRC. Some firmware never gets it right, and the maker's library
      // accepts that: so does this, when it reads the same twice.
      if (response.intact || (doubtful && sameBytes(doubtful, report))) return requireSound(response);
      doubtful = report;
    }
    throw garbled || doubtful
      ? new BridgeError("malformed-answer", "The token's answer makes no sense. Unplug it, plug it in again.")
      : new BridgeError("timeout", "The token does not answer. Unplug it, plug it in again, then retry.");
  }
}

function isDeviceStatus(status: number): boolean {
  return status <= DEVICE_STATUS.RECEIVED;
}

function answers(response: ResponseReport, request: Bytes): boolean {
  const done = response.deviceStatus === DEVICE_STATUS.READY || response.deviceStatus === DEVICE_STATUS.ERROR;
  return done && response.commandCrc === requestCrc(request) && response.command === request[0];
}

function requireSound(response: ResponseReport): ResponseReport {
  if (response.deviceStatus === DEVICE_STATUS.ERROR && response.commandStatus === COMMAND_STATUS.OK) {
    throw new BridgeError("malformed-answer", "The token reports a fault. Unplug it, plug it in again.");
  }
  return response;
}

function sameBytes(one: Bytes, other: Bytes): boolean {
  return one.every((byte, index) => byte === other[index]);
}
