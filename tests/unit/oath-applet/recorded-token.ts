import { expect } from "vitest";
import {
  decodeCommand,
  encodeCommand,
  type CommandApdu,
  type DecodedCommand,
} from "../../../src/apdu/command.ts";
import { parseResponse } from "../../../src/apdu/response.ts";
import { isMoreData, SW } from "../../../src/apdu/status-words.ts";
import { ByteReader } from "../../../src/core/byte-reader.ts";
import { concatBytes, type Bytes } from "../../../src/core/bytes.ts";
import { formatHex } from "../../../src/core/text-forms.ts";
import { decodeCalculateAll, encodeCalculateAll } from "../../../src/oath-applet/calculate-all.ts";
import { decodeCalculate, encodeCalculate } from "../../../src/oath-applet/calculate.ts";
import { decimalCode } from "../../../src/oath-applet/code.ts";
import { credentialId } from "../../../src/oath-applet/credential-name.ts";
import { encodeDelete } from "../../../src/oath-applet/delete.ts";
import { INS, TAG } from "../../../src/oath-applet/instructions.ts";
import { decodeList } from "../../../src/oath-applet/list.ts";
import { encodePut } from "../../../src/oath-applet/put.ts";
import { encodeRename } from "../../../src/oath-applet/rename.ts";
import { decodeTypeByte } from "../../../src/oath-applet/type-byte.ts";
import { readTlvs } from "../../../src/tlv/reader.ts";
import type { Digits } from "../../../src/otp/seed.ts";
import { readTranscript, recording } from "../../support/scripted-connection.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { dialectOf } from "./dialects.ts";

const dialect = dialectOf("canokey6");

interface Stored {
  readonly kind: NonNullable<ReturnType<typeof decodeTypeByte>>;
  readonly digits: number;
  readonly secret: Bytes;
  counter: number;
}

/** How much of a recording was checked. */
export interface Checked {
  readonly writes: number;
  readonly codes: number;
  readonly marks: number;
  readonly lists: number;
}

/**
 * Follows a recording: every accepted command of ours must come out of our codecs byte for byte, and every answer must read
 * as what the credentials written before make of it, by the `otpauth` package.
 */
export function followRecording(name: string): Checked {
  const store = new Map<string, Stored>();
  const checked = { writes: 0, codes: 0, marks: 0, lists: 0 };
  const exchanges = readTranscript(recording(name)).map(({ command, answer }) => ({
    raw: command,
    command: tryDecode(command),
    response: parseResponse(answer ?? new Uint8Array(0)),
  }));
  let chained: Bytes = new Uint8Array(0);
  let inOath = true;

  for (const [index, { raw, command, response }] of exchanges.entries()) {
    if (!command) continue;
    if (command.ins === INS.SELECT && command.p1 === 0x04 && response.sw === SW.OK) {
      inOath = command.data.length === 7;
      continue;
    }
    const isOurs = inOath && (command.cla & 0xef) === 0 && command.p1 === 0;
    if (!isOurs || (response.sw !== SW.OK && !isMoreData(response.sw))) continue;
    if (command.cla === 0x10) {
      chained = concatBytes(chained, command.data);
      continue;
    }
    const isWhole = chained.length === 0;
    const whole: DecodedCommand = { ...command, data: concatBytes(chained, command.data) };
    chained = new Uint8Array(0);
    const same = (ours: CommandApdu) => {
      if (isWhole) expect(formatHex(encodeCommand(ours))).toBe(formatHex(raw));
    };
    const pages = () => {
      const data = [response.data];
      for (const next of exchanges.slice(index + 1)) {
        if (next.command?.ins !== INS.SEND_REMAINING || next.response.data.length === 0) break;
        data.push(next.response.data);
        if (next.response.sw === SW.OK) break;
      }
      return concatBytes(...data);
    };

    switch (whole.ins) {
      case INS.PUT:
        same(put(store, whole.data));
        checked.writes += 1;
        break;
      case INS.DELETE:
        same(remove(store, whole.data));
        checked.writes += 1;
        break;
      case INS.RENAME:
        same(rename(store, whole.data));
        checked.writes += 1;
        break;
      case INS.CALCULATE: {
        const [named, challenge = null] = [...readTlvs(whole.data)].map(({ value }) => value);
        if (!named || (challenge && challenge.length !== 8)) break;
        const request = { name: named, challenge, full: whole.p2 === 0 };
        const isHotpWithChallenge = challenge && store.get(credentialId(named))?.kind.type === "hotp";
        if (whole.le !== undefined && !isHotpWithChallenge) same(encodeCalculate(dialect, request));
        const { truncated, digits } = decodeCalculate(response.data);
        expect(decimalCode(truncated, digits)).toBe(expectedCode(store, named, challenge));
        checked.codes += 1;
        break;
      }
      case INS.CALCULATE_ALL: {
        if (whole.p2 !== 1) break;
        const [challenge = new Uint8Array(0)] = [...readTlvs(whole.data)].map(({ value }) => value);
        if (whole.le === dialect.pageLe) same(encodeCalculateAll(dialect, INS.CALCULATE_ALL, challenge));
        const entries = decodeCalculateAll(pages());
        expect(entries.map((entry) => credentialId(entry.name)).toSorted()).toEqual(
          [...store.keys()].toSorted(),
        );
        for (const entry of entries) {
          const stored = store.get(credentialId(entry.name));
          expect(entry.digits).toBe(stored?.digits);
          if (entry.kind === "counter") expect(stored?.kind.type).toBe("hotp");
          if (entry.kind !== "code") checked.marks += 1;
          else {
            const code = decimalCode(entry.truncated, entry.digits);
            expect(code).toBe(expectedCode(store, entry.name, challenge));
            checked.codes += 1;
          }
        }
        break;
      }
      case INS.LIST: {
        if (whole.le !== 256 && whole.le !== 65_536) break;
        const entries = decodeList(pages());
        const kinds = entries.map((entry) => [credentialId(entry.name), entry.type, entry.algorithm].join());
        const expected = [...store].map(([id, { kind }]) => [id, kind.type, kind.algorithm].join());
        expect(kinds.toSorted()).toEqual(expected.toSorted());
        checked.lists += 1;
        break;
      }
    }
  }
  return checked;
}

function tryDecode(bytes: Bytes): DecodedCommand | null {
  try {
    return decodeCommand(bytes);
  } catch {
    return null; // The recordings try malformed commands as well.
  }
}

function put(store: Map<string, Stored>, data: Bytes): CommandApdu {
  const reader = new ByteReader(data);
  const field = (tag: number) => {
    expect(reader.u8()).toBe(tag);
    return reader.take(reader.u8());
  };
  const name = field(TAG.NAME);
  const key = new ByteReader(field(TAG.KEY));
  const kind = decodeTypeByte(key.u8());
  const [digits, secret] = [key.u8(), key.rest()];
  if (!kind) throw new Error("the token accepted an unknown type");
  let [properties, counter] = [0, 0];
  while (reader.remaining > 0) {
    if (reader.u8() === TAG.PROPERTY) properties = reader.u8();
    else counter = reader.u8() === 4 ? reader.u32be() : Number.NaN;
  }
  store.set(credentialId(name), { kind, digits, secret, counter });
  const command = encodePut(dialect, { name, ...kind, digits, secret, properties, counter });
  // A property of 00 can be written; we leave it out.
  return data.at(-2) === TAG.PROPERTY && data.at(-1) === 0 ? { ins: INS.PUT, data } : command;
}

function remove(store: Map<string, Stored>, data: Bytes): CommandApdu {
  const [name = new Uint8Array(0)] = [...readTlvs(data)].map(({ value }) => value);
  expect(store.delete(credentialId(name))).toBe(true);
  return encodeDelete(name);
}

function rename(store: Map<string, Stored>, data: Bytes): CommandApdu {
  const [from = new Uint8Array(0), to = new Uint8Array(0)] = [...readTlvs(data)].map(({ value }) => value);
  const stored = store.get(credentialId(from));
  if (!stored) throw new Error("the token renamed what it does not have");
  store.delete(credentialId(from));
  store.set(credentialId(to), stored);
  return encodeRename(from, to);
}

/** A CanoKey counts before it calculates. */
function expectedCode(store: Map<string, Stored>, name: Bytes, challenge: Bytes | null): string {
  const stored = store.get(credentialId(name));
  if (!stored) throw new Error("a code of what was never written");
  const { kind, digits, secret } = stored;
  if (kind.type === "hotp") stored.counter += 1;
  const factor =
    kind.type === "hotp" ? stored.counter : Number(new DataView((challenge ?? name).buffer).getBigUint64(0));
  return oracleCode(totpSeed({ algorithm: kind.algorithm, digits: digits as Digits, secret }), factor);
}
