import * as OTPAuth from "otpauth";
import type { Bytes } from "../../../src/core/bytes.ts";
import type { FeatureReportConnection } from "../../../src/core/feature-reports.ts";
import { COMMAND, COMMAND_STATUS, DEVICE_STATUS } from "../../../src/nitrokey/commands.ts";
import { stm32Crc } from "../../../src/nitrokey/report.ts";

const EPOCH_2014 = 1_388_534_400;
const SECRET = OTPAuth.Secret.fromUTF8("12345678901234567890");

export interface FakeSlot {
  name: string;
  eightDigits?: boolean;
  tokenId?: string;
  period?: number;
  counter?: number;
}

/** What a Pro does with one report, written from the protocol's description; nothing of the code under test but its tables. */
export class FakeNitrokey implements FeatureReportConnection {
  readonly deviceName = "Nitrokey Pro";
  readonly sent: Bytes[] = [];
  readonly slots = new Map<number, FakeSlot>();
  pin: string | null = null;
  pinTries = 3;
  /** Minutes since 2014; null until the clock was set for the first time. */
  storedMinutes: number | null = null;
  unixSeconds = 0;
  /** Answers given as “busy” before the true one. */
  busyReads = 0;
  /** What the next reads give instead of the report. */
  readonly instead: ((report: Bytes) => Bytes)[] = [];
  closed = 0;
  #temporary: string | null = null;
  #report = new Uint8Array(64);

  send(report: Bytes, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.closed > 0) return Promise.reject(new Error("closed"));
    this.sent.push(report.slice());
    this.#report = this.#answer(report);
    return Promise.resolve();
  }

  receive(length: number, signal?: AbortSignal): Promise<Bytes> {
    signal?.throwIfAborted();
    if (length !== 64) throw new Error(`asked for ${length} bytes`);
    const report = this.#report.slice();
    if (this.busyReads > 0) {
      this.busyReads -= 1;
      report[0] = DEVICE_STATUS.BUSY;
    }
    const instead = this.instead.shift();
    return Promise.resolve(instead ? instead(report) : report);
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }

  /** Commands sent so far. */
  get commands(): number[] {
    return this.sent.map((report) => report[0] ?? -1);
  }

  #answer(request: Bytes): Bytes {
    const answer = new Uint8Array(64);
    const view = new DataView(answer.buffer);
    const crc = stm32Crc(request.slice(0, 60));
    answer[1] = request[0] ?? 0;
    view.setUint32(2, crc, true);
    const carried = new DataView(request.buffer).getUint32(60, true);
    answer[6] = crc === carried ? this.#run(request, answer.subarray(7, 60)) : COMMAND_STATUS.WRONG_CRC;
    return sealed(answer);
  }

  #run(request: Bytes, result: Uint8Array): number {
    const slot = this.slots.get(request[1] ?? 0);
    switch (request[0]) {
      case COMMAND.GET_STATUS:
        result.set([0x0f, 0x00, 0x11, 0x5f, 0x00, 0x00, 0xff, 0xff, 0xff, this.pin === null ? 0 : 1]);
        return COMMAND_STATUS.OK;
      case COMMAND.READ_SLOT_NAME:
        if (!slot) return COMMAND_STATUS.SLOT_NOT_PROGRAMMED;
        result.set(new TextEncoder().encode(slot.name));
        return slot.name === "" ? COMMAND_STATUS.NO_NAME : COMMAND_STATUS.OK;
      case COMMAND.READ_SLOT:
        if (!slot) return COMMAND_STATUS.SLOT_NOT_PROGRAMMED;
        result.set(new TextEncoder().encode(slot.name));
        result.set(describe(slot), 15);
        result.set(u64(slot.counter ?? slot.period ?? 30), 29);
        return COMMAND_STATUS.OK;
      case COMMAND.SET_TIME:
        return this.#setTime(request);
      case COMMAND.USER_AUTHENTICATE:
        return this.#authenticate(request);
      case COMMAND.GET_USER_PIN_RETRIES:
        result[0] = this.pinTries;
        return COMMAND_STATUS.OK;
      case COMMAND.GET_CODE:
        if (this.pin !== null && text(request.slice(19, 44)) !== this.#temporary) {
          return COMMAND_STATUS.NOT_AUTHORIZED;
        }
        if (!slot) return COMMAND_STATUS.SLOT_NOT_PROGRAMMED;
        new DataView(result.buffer, result.byteOffset).setUint32(0, Number(this.#code(slot)), true);
        result.set(describe(slot), 4);
        return COMMAND_STATUS.OK;
      default:
        return COMMAND_STATUS.UNKNOWN_COMMAND;
    }
  }

  #code(slot: FakeSlot): string {
    const digits = slot.eightDigits ? 8 : 6;
    if (slot.counter !== undefined) {
      slot.counter += 1;
      return codeOf(slot.counter - 1, digits);
    }
    return codeOf(Math.floor(this.unixSeconds / (slot.period ?? 30)), digits);
  }

  #setTime(request: Bytes): number {
    const time = Number(new DataView(request.buffer).getBigUint64(2, true));
    const minutes = Math.floor((time - EPOCH_2014) / 60);
    const refused = this.storedMinutes === null || this.storedMinutes > minutes;
    if (request[1] === 0 && refused) return COMMAND_STATUS.TIMESTAMP_WARNING;
    this.storedMinutes = minutes;
    this.unixSeconds = time;
    return COMMAND_STATUS.OK;
  }

  #authenticate(request: Bytes): number {
    const pin = text(request.slice(1, 26)).replace(/\0+$/u, "");
    if (this.pinTries === 0 || pin !== this.pin) {
      this.pinTries = Math.max(0, this.pinTries - 1);
      return COMMAND_STATUS.WRONG_PASSWORD;
    }
    this.pinTries = 3;
    this.#temporary = text(request.slice(26, 51));
    return COMMAND_STATUS.OK;
  }

  /** As when another program brings its own temporary password. */
  forgetTemporaryPassword(): void {
    this.#temporary = null;
  }
}

/** A report with some bytes changed and the CRC that fits them: the device status is put in after the CRC was made. */
export function sealed(report: Bytes, changes: Readonly<Record<number, number>> = {}): Bytes {
  const copy = Uint8Array.from(report, (byte, index) => changes[index] ?? byte);
  const covered = copy.slice(0, 60);
  covered[0] = 0;
  new DataView(copy.buffer).setUint32(60, stm32Crc(covered), true);
  return copy;
}

/** The code of RFC 4226's secret, by an independent implementation. */
export function codeOf(counter: number, digits: 6 | 8 = 6): string {
  return OTPAuth.HOTP.generate({ secret: SECRET, counter, digits });
}

function describe(slot: FakeSlot): Uint8Array {
  const bytes = new Uint8Array(14);
  bytes[0] = (slot.eightDigits ? 0x01 : 0) | (slot.tokenId ? 0x04 : 0);
  bytes.set(new TextEncoder().encode(slot.tokenId ?? ""), 1);
  return bytes;
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
