import { ByteReader } from "../core/byte-reader.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import { REPORT } from "./commands.ts";

/** The STM32 CRC unit: polynomial of CRC-32, most significant bit first, no reflection, no final xor (ST RM0008, section 4). */
const CRC = { START: 0xffff_ffff, POLYNOMIAL: 0x04c1_1db7, TOP_BIT: 0x8000_0000 } as const;

/** An answer to some command, perhaps to an earlier one: compare {@link ResponseReport.commandCrc}. */
export interface ResponseReport {
  /** See DEVICE_STATUS. */
  readonly deviceStatus: number;
  readonly command: number;
  /** CRC of the request this answers. */
  readonly commandCrc: number;
  /** See COMMAND_STATUS. */
  readonly commandStatus: number;
  readonly result: Bytes;
  /** False when the report's own CRC is wrong. */
  readonly intact: boolean;
}

/** The CRC of `bytes`, read as little-endian 32-bit words; their number must be a multiple of four. */
export function stm32Crc(bytes: Bytes): number {
  if (bytes.length % 4 !== 0) throw new RangeError(`${bytes.length} bytes are not whole words.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc: number = CRC.START;
  for (let offset = 0; offset < bytes.length; offset += 4) {
    crc ^= view.getUint32(offset, true);
    for (let bit = 0; bit < 32; bit += 1) {
      crc = (crc & CRC.TOP_BIT) === 0 ? crc << 1 : (crc << 1) ^ CRC.POLYNOMIAL;
    }
  }
  return crc >>> 0;
}

/** A request: command, payload padded with zeros, CRC. */
export function encodeRequest(command: number, ...payload: readonly Bytes[]): Bytes {
  const report = new Uint8Array(REPORT.LENGTH);
  const filled = concatBytes(...payload);
  if (filled.length > REPORT.PAYLOAD_MAX) {
    throw new RangeError(`The payload has ${filled.length} bytes, a report holds ${REPORT.PAYLOAD_MAX}.`);
  }
  report[0] = command;
  report.set(filled, 1);
  filled.fill(0);
  new DataView(report.buffer).setUint32(
    REPORT.CRC_OFFSET,
    stm32Crc(report.slice(0, REPORT.CRC_OFFSET)),
    true,
  );
  return report;
}

/** The CRC a request carries: the token repeats it in its answer. */
export function requestCrc(request: Bytes): number {
  const reader = new ByteReader(request);
  reader.take(REPORT.CRC_OFFSET);
  return reader.u32le();
}

/** Reads an answer. Throws `malformed-answer` when it is not 64 bytes long; a wrong CRC is told by `intact`. */
export function decodeResponse(report: Bytes): ResponseReport {
  const reader = new ByteReader(report);
  const deviceStatus = reader.u8();
  const command = reader.u8();
  const commandCrc = reader.u32le();
  const commandStatus = reader.u8();
  const result = reader.take(REPORT.RESULT_LENGTH);
  const crc = reader.u32le();
  reader.requireEnd();
  return { deviceStatus, command, commandCrc, commandStatus, result, intact: crc === answerCrc(report) };
}

/** The firmware computes the CRC first and puts the device status in afterwards. */
function answerCrc(report: Bytes): number {
  const covered = report.slice(0, REPORT.CRC_OFFSET);
  covered[0] = 0;
  return stm32Crc(covered);
}
