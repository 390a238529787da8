import type { Bytes } from "../../src/core/bytes.ts";
import { stm32Checksum } from "../../src/virtual/nitrokey/checksum.ts";
import type { Fault, FaultFilter } from "../support/usbip/faults.ts";
import { FAMILY, type Family } from "./families.ts";

// Answers that are no answers. Each meets the first exchange of a listing in a session that was opened well before.

/** A fault that stays: more often than a page asks. */
const FOR_GOOD = 2_000;

/** A fault, and what comes of it. */
export interface FaultRow {
  readonly title: string;
  readonly fault: Fault | ((index: number) => Fault);
  /** The token's answers, unless told otherwise. */
  readonly where?: FaultFilter;
  readonly times?: number;
  /** The code of the error; null when the bridge makes up for the fault. */
  readonly code: string | null;
}

const garbage = (answer: Bytes): Fault => ({ kind: "garbage", answer });
const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text.replace(/ /gu, ""), "hex"));

const isCanokeyCommand: FaultFilter = ({ endpoint, setup }) =>
  endpoint === 0 && setup.readUInt16LE(0) === 0x0041;
const isCanokeyState: FaultFilter = ({ endpoint, setup }) =>
  endpoint === 0 && setup.readUInt16LE(0) === 0x02c1;

const CANOKEY_ROWS: readonly FaultRow[] = [
  { title: "a stalled command", fault: { kind: "stall" }, where: isCanokeyCommand, code: null },
  {
    title: "commands stalled for good",
    fault: { kind: "stall" },
    where: isCanokeyCommand,
    times: FOR_GOOD,
    code: "device-in-use",
  },
  {
    title: "a command that is never taken",
    fault: { kind: "silence" },
    where: isCanokeyCommand,
    code: "timeout",
  },
  { title: "a state that is never told", fault: { kind: "silence" }, where: isCanokeyState, code: "timeout" },
  {
    title: "a state that nobody knows",
    fault: garbage(hex("77")),
    where: isCanokeyState,
    times: FOR_GOOD,
    code: "timeout",
  },
  {
    title: "a lost answer",
    fault: garbage(hex("ff")),
    where: isCanokeyState,
    code: "malformed-answer",
  },
  { title: "an answer that stalls", fault: { kind: "stall" }, code: "malformed-answer" },
  { title: "an answer that never comes", fault: { kind: "silence" }, code: "timeout" },
  { title: "an empty answer", fault: { kind: "truncate", length: 0 }, code: "malformed-answer" },
  { title: "half a status word", fault: { kind: "truncate", length: 1 }, code: "malformed-answer" },
  // Its last two bytes then stand where a status word does.
  { title: "an answer without its end", fault: { kind: "truncate", length: 9 }, code: "status-word" },
  {
    title: "fields that end too early",
    fault: garbage(hex("7903060000 7108 0102 9000")),
    code: "malformed-answer",
  },
  { title: "fields of no sense", fault: garbage(hex("ffffffffffffffff 9000")), code: "malformed-answer" },
  { title: "an answer filled up to 1500 bytes", fault: { kind: "oversize" }, code: "status-word" },
  { title: "more than was asked for", fault: { kind: "babble" }, code: "malformed-answer" },
];

const isPicoCommand: FaultFilter = ({ endpoint }) => endpoint === 0x04;

/** The listing begins with the second command after the power-on, and so has this number (CCID 1.1, section 6.1.4). */
const SEQUENCE = "02";

const PICO_ROWS: readonly FaultRow[] = [
  { title: "a stalled command", fault: { kind: "stall" }, where: isPicoCommand, code: null },
  {
    title: "commands stalled for good",
    fault: { kind: "stall" },
    where: isPicoCommand,
    times: FOR_GOOD,
    code: "device-in-use",
  },
  {
    title: "a command that is never taken",
    fault: { kind: "silence" },
    where: isPicoCommand,
    code: "timeout",
  },
  { title: "an answer that stalls", fault: { kind: "stall" }, code: "malformed-answer" },
  { title: "an answer that never comes", fault: { kind: "silence" }, code: "timeout" },
  { title: "an answer cut short in its header", fault: { kind: "truncate", length: 3 }, code: "timeout" },
  { title: "an answer cut short in its data", fault: { kind: "truncate", length: 14 }, code: "timeout" },
  {
    title: "a length beyond all bounds",
    fault: garbage(hex(`80 ffffff7f 00 ${SEQUENCE} 000000 9000`)),
    code: "malformed-answer",
  },
  { title: "no message at all", fault: garbage(hex("ff".repeat(64))), code: "malformed-answer" },
  {
    title: "half a status word",
    fault: garbage(hex(`80 01000000 00 ${SEQUENCE} 000000 90`)),
    code: "malformed-answer",
  },
  {
    title: "fields of no sense",
    fault: garbage(hex(`80 06000000 00 ${SEQUENCE} 000000 ffffffff 9000`)),
    code: "malformed-answer",
  },
  {
    title: "a slot that is busy",
    fault: garbage(hex(`80 00000000 00 ${SEQUENCE} 40e000`)),
    code: "device-in-use",
  },
  {
    title: "a command that failed",
    fault: garbage(hex(`80 00000000 00 ${SEQUENCE} 40fe00`)),
    code: "malformed-answer",
  },
  {
    title: "the answer to something else",
    fault: garbage(hex("80 02000000 00 77 000000 9000")),
    code: "timeout",
  },
  { title: "an answer filled up to the packet's end", fault: { kind: "oversize" }, code: "malformed-answer" },
  { title: "more than was asked for", fault: { kind: "babble" }, code: "malformed-answer" },
];

/** READ_SLOT_NAME of the first slot, with which a listing begins. */
const READ_SLOT_NAME = 0x02;

/** An answer to it, or to another command; `spoils` is added to its checksum. */
function report({ status = 0, command = READ_SLOT_NAME, noise = 0, spoils = 0 }): Bytes {
  const request = new Uint8Array(60);
  request.set([READ_SLOT_NAME, 0x20]);
  const answer = new Uint8Array(64);
  const view = new DataView(answer.buffer);
  view.setUint8(1, command);
  view.setUint32(2, stm32Checksum(request), true);
  view.setUint8(6, status);
  view.setUint32(7, noise, true);
  view.setUint32(60, stm32Checksum(answer.slice(0, 60)) + spoils, true);
  return answer;
}

const isNitrokeyCommand: FaultFilter = ({ endpoint, setup }) =>
  endpoint === 0 && setup.readUInt16LE(0) === 0x0921;

// A feature report has no room for more than its 64 bytes, so nothing can be added to one (“oversize”): the system's buffer
// ends there. A stalled transfer, or one that brings more than the host asked for, is the same exception to a page as one that
// the system forbids.
const NITROKEY_ROWS: readonly FaultRow[] = [
  { title: "one report of no sense", fault: garbage(hex("ff".repeat(64))), code: null },
  {
    title: "reports of no sense for good",
    fault: garbage(hex("ff".repeat(64))),
    times: FOR_GOOD,
    code: "malformed-answer",
  },
  {
    title: "one report with a wrong checksum",
    fault: garbage(report({ noise: 0x41414141, spoils: 1 })),
    code: null,
  },
  {
    title: "wrong checksums for good, over something else each time",
    fault: (index) => garbage(report({ noise: index, spoils: 1 })),
    times: FOR_GOOD,
    code: "malformed-answer",
  },
  // Command status 1: the command's checksum was wrong when it arrived.
  { title: "a command spoilt on its way", fault: garbage(report({ status: 1 })), code: "status-word" },
  {
    title: "the answer to something else for good",
    fault: garbage(report({ command: 0x00 })),
    times: FOR_GOOD,
    code: "timeout",
  },
  { title: "a report cut short", fault: { kind: "truncate", length: 3 }, code: "malformed-answer" },
  { title: "an empty report", fault: { kind: "truncate", length: 0 }, code: "malformed-answer" },
  { title: "a report that stalls", fault: { kind: "stall" }, code: "not-granted" },
  { title: "more than was asked for", fault: { kind: "babble" }, code: "not-granted" },
  { title: "a stalled command", fault: { kind: "stall" }, where: isNitrokeyCommand, code: "not-granted" },
  {
    title: "a command that is never taken",
    fault: { kind: "silence" },
    where: isNitrokeyCommand,
    code: "timeout",
  },
  { title: "a report that never comes", fault: { kind: "silence" }, code: "timeout" },
];

/** What may go wrong with the transfers of each family. */
export const FAMILY_FAULTS: readonly (readonly [Family, readonly FaultRow[]])[] = [
  [FAMILY.CANOKEY, CANOKEY_ROWS],
  [FAMILY.PICO, PICO_ROWS],
  [FAMILY.NITROKEY, NITROKEY_ROWS],
];
