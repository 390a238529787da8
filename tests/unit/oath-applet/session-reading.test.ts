import { describe, expect, it } from "vitest";
import { readTranscript, recording } from "../../support/scripted-connection.ts";
import type { SelectedName } from "./dialects.ts";
import { credential, openScripted } from "./sessions.ts";

const NO_TOUCH = () => {
  throw new Error("nobody has to touch anything");
};

describe("02-totp-rfc6238, replayed", () => {
  const lines = recording(
    "02-totp-rfc6238",
    /^# CALCULATE \(truncated\) t=59 SHA1 8/u,
    /^# CALCULATE \(full/u,
  );
  const rows = readTranscript(lines).map(({ comment }) => {
    const [, t = "", algorithm = "", digits = "", code = ""] =
      /t=(\d+) (\w+) (\d) digits: expect (\d+)/u.exec(comment) ?? [];
    return { movingFactor: Math.floor(Number(t) / 30), name: `rfc6238:${algorithm}-${digits}`, code };
  });

  it("gives the 21 codes of RFC 6238 and its six-digit ends", async () => {
    const { token, session } = await openScripted("canokey6", lines);
    for (const { movingFactor, name, code } of rows) {
      expect(await session.code(credential(name), { movingFactor }, { onTouch: NO_TOUCH })).toBe(code);
    }
    token.assertFinished();
    expect(rows).toHaveLength(21);
  });
});

describe("03-hotp, replayed", () => {
  it("gives the next code each time, whatever the moving factor", async () => {
    const lines = recording("03-hotp", /^# CALCULATE 1/u, /^# CALCULATE with a challenge/u);
    const { token, session } = await openScripted("canokey6", lines);
    const plain = credential("hotp:plain", { type: "hotp" });
    const codes: string[] = [];
    for (let call = 0; call < 3; call += 1) codes.push(await session.code(plain, { movingFactor: 0 }));
    expect(codes).toEqual(["287082", "359152", "969429"]);
    token.assertFinished();
  });
});

describe("HOTP elsewhere", () => {
  it.each<[SelectedName, string]>([
    ["canokey6", "00a20001 03 710161 00"],
    ["pico", "00a20001 0d 710161 7408 0000000000000000 00"],
    ["yubikey", "00a20001 05 710161 7400 00"],
    ["legacy", "00040000 03 710161 00"],
  ])("%s gets the challenge it wants", async (name, command) => {
    const { token, session } = await openScripted(name, `> ${command}\n< 7605064c93cf18 9000`);
    expect(await session.code(credential("a", { type: "hotp" }), { movingFactor: 7 })).toBe("755224");
    token.assertFinished();
  });
});

/** A recording does not tell a wait: the mark is put in by hand. */
const waiting = (from: RegExp, to: RegExp) =>
  recording("04-touch-and-increasing", from, to).replace(/^(> 00a2.*)$/mu, "$1\n~");

describe("04-touch-and-increasing, replayed", () => {
  const touch = credential("touch:totp", { digits: 6 });

  it("asks for a touch and gives the code", async () => {
    const { token, session } = await openScripted("canokey6", waiting(/given after 1\.2/u, /^# code/u));
    let asked = 0;
    const onTouch = () => {
      asked += 1;
    };
    expect(await session.code(touch, { movingFactor: 1 }, { onTouch })).toBe("287082");
    expect(asked).toBe(1);
    expect(token.options.at(-1)?.timeoutMs).toBeGreaterThan(30_000);
  });

  it("says that no touch came", async () => {
    const { session } = await openScripted("canokey6", waiting(/without any touch/u, /^# only-increasing/u));
    await expect(session.code(touch, { movingFactor: 1 })).rejects.toMatchObject({ code: "touch-required" });
  });

  it("knows it as well where the connection cannot tell a wait, by the touch mark", async () => {
    const lines = recording("04-touch-and-increasing", /without any touch/u, /^# only-increasing/u);
    const { session } = await openScripted("canokey6", lines);
    const code = session.code({ ...touch, needsTouch: true }, { movingFactor: 1 });
    await expect(code).rejects.toMatchObject({ code: "touch-required" });
  });

  it("tells a refused step back from a missing touch or password", async () => {
    const lines = recording(
      "04-touch-and-increasing",
      /^# only-increasing credential/u,
      /^# CALCULATE ALL with/u,
    );
    const { session } = await openScripted("canokey6", lines);
    const code = session.code(credential("inc:totp"), { movingFactor: 99 });
    await expect(code).rejects.toMatchObject({ code: "status-word", sw: 0x6982 });
  });
});

describe("a touch that never comes", () => {
  it("is a missing touch also when the connection's time runs out first", async () => {
    const { session } = await openScripted(
      "yubikey",
      "> 00a20001 0d 710161 7408 0000000000000001 00\n~\n! timeout",
    );
    await expect(session.code(credential("a"), { movingFactor: 1 })).rejects.toMatchObject({
      code: "touch-required",
      cause: { code: "timeout" },
    });
  });

  it("stays a time-out when nobody was asked", async () => {
    const { session } = await openScripted(
      "yubikey",
      "> 00a20001 0d 710161 7408 0000000000000001 00\n! timeout",
    );
    await expect(session.code(credential("a"), { movingFactor: 1 })).rejects.toMatchObject({
      code: "timeout",
    });
  });
});

describe("single codes", () => {
  it("of a locked credential on a Trussed token want the PIN", async () => {
    const { session } = await openScripted(
      "trussed",
      "> 00a20001 0d 710161 7408 0000000000000001 00\n< 6982",
    );
    await expect(session.code(credential("a"), { movingFactor: 1 })).rejects.toMatchObject({
      code: "locked",
    });
  });

  it("of a credential that is gone", async () => {
    const { session } = await openScripted(
      "yubikey",
      "> 00a20001 0d 710161 7408 0000000000000001 00\n< 6984",
    );
    await expect(session.code(credential("a"), { movingFactor: 1 })).rejects.toMatchObject({
      code: "no-credentials",
    });
  });

  it("of Steam are five letters, and an old CanoKey has none", async () => {
    const steam = credential("Steam:me", { digits: 5 });
    const { session } = await openScripted(
      "yubikey",
      "> 00a20000 14 7108 537465616d3a6d65 7408 0000000000000001 00\n< 751505 75a48a19d4cbe100644e8ac1397eea747a2d33ab 9000",
    );
    expect(await session.code(steam, { movingFactor: 1 })).toBe("PV9M4");
    const old = await openScripted("legacy", "");
    await expect(old.session.code(steam, { movingFactor: 1 })).rejects.toMatchObject({ code: "status-word" });
  });

  it("refuse a moving factor that is none, before anything is calculated", async () => {
    const { token, session } = await openScripted("yubikey", "");
    await expect(session.code(credential("a"), { movingFactor: -1 })).rejects.toThrow(RangeError);
    expect(token.sent).toHaveLength(2);
  });
});
