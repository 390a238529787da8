import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { OathAppletSession } from "../../../src/oath-applet/oath-applet-session.ts";
import { recording, ScriptedConnection } from "../../support/scripted-connection.ts";
import { SELECTED } from "./dialects.ts";
import { credential, openScripted, openTranscript, scriptedBytes } from "./sessions.ts";

const randomBytes = scriptedBytes;
const SELECT = "> 00a40400 07 a0000005272101 00";
const CALCULATE = "> 00a20001 0d 710161 7408 0000000000000001 00";

describe("open", () => {
  it("selects the applet and tells what it is", async () => {
    const { token, session } = await openTranscript(`${SELECT}\n< ${SELECTED.canokey6}`);
    expect([session.family, session.version, session.locked]).toEqual(["canokey", "6.0.0", false]);
    expect(session.deviceId).toEqual(Uint8Array.of(0xe6, 0x90, 0x1d, 0x40, 0x0d, 0xf3, 0x20, 0x6c));
    expect(session.abilities).toEqual({
      put: true,
      delete: true,
      rename: true,
      password: true,
      reset: false,
    });
    token.assertFinished();
  });

  it.each([
    ["6a82", "no-oath-applet"],
    ["6d00", "no-oath-applet"],
    ["6e00", "no-oath-applet"],
    ["6700", "status-word"],
    ["7103 9000", "malformed-answer"],
    ["", "malformed-answer"],
    ["90", "malformed-answer"],
  ])("rejects %s with %s, and leaves the connection to the caller", async (answer, code) => {
    const token = new ScriptedConnection(`${SELECT}\n< ${answer}`);
    await expect(OathAppletSession.open(token, { randomBytes })).rejects.toMatchObject({ code });
    expect(token.closed).toBe(0);
  });

  it("hands on what the connection fails with", async () => {
    const token = new ScriptedConnection(`${SELECT}\n! unplugged`);
    await expect(OathAppletSession.open(token, { randomBytes })).rejects.toMatchObject({ code: "unplugged" });
  });

  it("gives up when asked to", async () => {
    const token = new ScriptedConnection("");
    const signal = AbortSignal.abort();
    await expect(OathAppletSession.open(token, { randomBytes, signal })).rejects.toBe(signal.reason);
    expect(token.sent).toEqual([]);
  });
});

describe("every operation", () => {
  it("selects the applet first: another program may have selected another one", async () => {
    const { token, session } = await openScripted("canokey6", `${CALCULATE}\n< 76050641397eea9000`);
    expect(await session.code(credential("a"), { movingFactor: 1 })).toBe("287082");
    expect(token.sent.map((command) => command.slice(0, 8))).toEqual(["00a40400", "00a40400", "00a20001"]);
  });

  it("D10 refuses another token than before", async () => {
    const other = SELECTED.canokey6.replace("e690", "e691");
    const { session } = await openTranscript(`${SELECT}\n< ${SELECTED.canokey6}\n${SELECT}\n< ${other}`);
    await expect(session.list()).rejects.toMatchObject({ code: "unplugged" });
  });

  it("waits for the one before", async () => {
    const { token, session } = await openScripted(
      "yubikey",
      `${CALCULATE}\n< 76050641397eea9000\n> 00a1000000\n< 9000`,
    );
    const [code, list] = await Promise.all([
      session.code(credential("a"), { movingFactor: 1 }),
      session.list(),
    ]);
    expect([code, list]).toEqual(["287082", []]);
    token.assertFinished();
  });

  it("can be given up in mid-exchange, and the next one goes on", async () => {
    const { token, session } = await openScripted("yubikey", `${CALCULATE}\n< …\n> 00a1000000\n< 9000`);
    const controller = new AbortController();
    const code = session.code(credential("a"), { movingFactor: 1 }, { signal: controller.signal });
    while (!token.sent.some((command) => command.startsWith("00a2"))) await Promise.resolve();
    controller.abort(new Error("enough"));
    await expect(code).rejects.toThrow("enough");
    expect(await session.list()).toEqual([]);
    token.assertFinished();
  });

  it("is over when the session is closed, and closing twice is harmless", async () => {
    const { token, session } = await openScripted("yubikey", "> 00a1000000\n< 9000");
    const list = session.list();
    await Promise.all([session.close(), session.close()]);
    expect(await list).toEqual([]);
    expect(token.closed).toBeGreaterThan(0);
    await expect(session.list()).rejects.toMatchObject({ code: "unplugged" });
  });

  it("closes by itself at the end of its block", async () => {
    const { token, session } = await openScripted("yubikey", "");
    await session[Symbol.asyncDispose]();
    expect(token.closed).toBe(1);
  });
});

const cuts = (answer: string) =>
  Array.from({ length: answer.length / 2 }, (_, bytes) => answer.slice(0, bytes * 2));

describe("an answer cut at any byte", () => {
  it.each(cuts("76050641397eea9000"))("of CALCULATE: %j", async (answer) => {
    const { session } = await openScripted("canokey6", `${CALCULATE}\n< ${answer}`);
    const code = session.code(credential("a"), { movingFactor: 1 });
    await expect(code).rejects.toBeInstanceOf(BridgeError);
  });

  it.each(cuts("72022161720221629000"))("of LIST: %j", async (answer) => {
    // Some cuts end in 61xx, and are followed by a question for more.
    const more = "> 00a5000000\n< 6985\n> 00c0000000\n< 6d00";
    const { session } = await openScripted("yubikey", `> 00a1000000\n< ${answer}\n${more}`);
    await expect(session.list()).rejects.toBeInstanceOf(BridgeError);
  });
});

describe("01-select, replayed", () => {
  it("finds an empty token empty", async () => {
    const lines = recording("01-select", /LIST on an empty/u, /CALCULATE ALL on an empty/u);
    const { token, session } = await openScripted("canokey5", lines);
    expect(await session.list({ unixSeconds: 59 })).toEqual([]);
    token.assertFinished();
  });
});
