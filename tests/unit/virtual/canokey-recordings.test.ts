import { describe, expect, it } from "vitest";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { ManualTimer } from "../../support/manual-timer.ts";
import { randomNumbersOf, readRecording, type RecordedExchange } from "./recording.ts";

const SELECT_OATH = "00a4040007a0000005272101";
const SELECT_ADMIN = "00a4040005f000000000";
const VERIFY_PIN = "0020000006313233343536";
const RESET_OATH = "00050000";

/** What happened between two recorded commands, as the comments tell. */
const EVENTS = {
  touched: /given after 1\.2 s/u,
  neverTouched: /without any touch/u,
  powerCycle: /power cycle/u,
  erased: /everything was deleted by the admin applet/u,
} as const;

/** Recordings that begin with another applet's SELECT begin with OATH selected before; the recorder did so. */
async function replay(name: string): Promise<{ exchanges: RecordedExchange[]; answers: string[] }> {
  const exchanges = readRecording(name);
  const drawn = randomNumbersOf(exchanges);
  const timer = new ManualTimer();
  const key = new VirtualCanoKey({ timer, random: () => parseHex(drawn.shift() ?? "00".repeat(8)) });
  const send = async (command: string) => formatHex(await key.transmit(parseHex(command)));
  if (!exchanges[0]?.command.startsWith("00a404")) await send(SELECT_OATH);
  const answers: string[] = [];
  for (const { command, comments } of exchanges) {
    const said = comments.join("\n");
    if (EVENTS.powerCycle.test(said)) key.usb.powerOff();
    if (EVENTS.erased.test(said)) {
      for (const admin of [SELECT_ADMIN, VERIFY_PIN, RESET_OATH, SELECT_OATH]) await send(admin);
    }
    const waits = new Promise<void>((resolve) => key.onTouchChange(resolve));
    const answer = send(command);
    if (EVENTS.touched.test(said)) await waits.then(() => key.touch());
    if (EVENTS.neverTouched.test(said)) await waits.then(() => timer.advance(30_000));
    answers.push(await answer);
  }
  return { exchanges, answers };
}

describe("a virtual CanoKey answers as the recorded firmware", () => {
  it.each([
    ["01-select", 13],
    ["02-totp-rfc6238", 37],
    ["03-hotp", 15],
    ["04-touch-and-increasing", 9],
    ["05-hundred-credentials-paging", 153],
    ["06-password", 39],
    ["07-errors-and-limits", 43],
    ["08-admin-and-pass", 21],
  ])("%s", async (name, count) => {
    const { exchanges, answers } = await replay(name);
    const expected = exchanges.map(({ line, command, answer }) => `${line}: ${command} -> ${answer}`);
    expect(exchanges.map(({ line, command }, at) => `${line}: ${command} -> ${answers[at]}`)).toEqual(
      expected,
    );
    expect(exchanges).toHaveLength(count);
  });
});
