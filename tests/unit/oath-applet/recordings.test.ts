import { describe, expect, it } from "vitest";
import { parseResponse } from "../../../src/apdu/response.ts";
import { SW } from "../../../src/apdu/status-words.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { encodeCommand } from "../../../src/apdu/command.ts";
import {
  checkProof,
  deriveAccessKeyBytes,
  importAccessKey,
  proveKey,
} from "../../../src/oath-applet/access-key.ts";
import { decodeSelect } from "../../../src/oath-applet/select.ts";
import { encodeSetCode } from "../../../src/oath-applet/set-code.ts";
import { decodeValidate, encodeValidate } from "../../../src/oath-applet/validate.ts";
import { readTranscript, recording } from "../../support/scripted-connection.ts";
import { followRecording } from "./recorded-token.ts";
import { scriptedBytes } from "./sessions.ts";

describe("recordings of real firmware: our bytes are theirs, and every code is otpauth's", () => {
  it.each([
    ["01-select", { writes: 0, codes: 0, marks: 0, lists: 1 }],
    ["02-totp-rfc6238", { writes: 6, codes: 31, marks: 0, lists: 0 }],
    ["03-hotp", { writes: 4, codes: 8, marks: 4, lists: 1 }],
    ["04-touch-and-increasing", { writes: 2, codes: 3, marks: 1, lists: 0 }],
    ["05-hundred-credentials-paging", { writes: 100, codes: 177, marks: 24, lists: 2 }],
    ["07-errors-and-limits", { writes: 13, codes: 1, marks: 0, lists: 1 }],
  ])("%s", (name, checked) => {
    expect(followRecording(name)).toEqual(checked);
  });
});

describe("06-password", () => {
  const SELECT = "00a4040007a0000005272101";
  const exchanges = readTranscript(recording("06-password"));
  const salt = parseHex("d218917409e23264");
  const ours = scriptedBytes(8);

  it("tells the same salt at every SELECT, and a challenge while a password is set", () => {
    const answers = exchanges
      .filter(({ command }) => formatHex(command) === SELECT)
      .map(({ answer }) => decodeSelect(parseResponse(answer ?? salt).data));
    expect(answers.map(({ deviceId }) => formatHex(deviceId))).toEqual(answers.map(() => formatHex(salt)));
    expect(answers.map(({ challenge }) => challenge && formatHex(challenge))).toEqual([
      null,
      "d403f5ab239d1af7",
      "26e0cfbb4d79027d",
      "48ca686a07e96125",
      "ba92efe6d18239bf",
      "0cec8a55fbb7b5fb",
      null,
    ]);
  });

  it("accepts exactly our proofs, and proves itself", async () => {
    const key = await importAccessKey(await deriveAccessKeyBytes("correct horse", salt));
    let challenge = ours;
    let accepted = 0;
    for (const { command, answer } of exchanges) {
      const { data, sw } = parseResponse(answer ?? salt);
      if (formatHex(command) === SELECT) challenge = decodeSelect(data).challenge ?? challenge;
      if (command[1] !== 0xa3 || sw !== SW.OK) continue;
      const sent = encodeCommand(encodeValidate(await proveKey(key, challenge), ours));
      expect(formatHex(sent)).toBe(formatHex(command));
      expect(await checkProof(key, ours, decodeValidate(data))).toBe(true);
      accepted += 1;
    }
    expect(accepted).toBe(4);
  });

  it("takes our SET CODE", async () => {
    const bytes = await deriveAccessKeyBytes("correct horse", salt);
    const key = await importAccessKey(bytes.slice());
    const sent = formatHex(encodeCommand(encodeSetCode(bytes, ours, await proveKey(key, ours))));
    const taken = exchanges.find(({ command }) => formatHex(command) === sent);
    expect(taken?.answer).toEqual(Uint8Array.of(0x90, 0x00));
  });
});
