import { describe, expect, it } from "vitest";
import { parseHex } from "../../../src/core/text-forms.ts";
import { recording } from "../../support/scripted-connection.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import type { Algorithm } from "../../../src/otp/seed.ts";
import type { SelectedName } from "./dialects.ts";
import { credential, openScripted } from "./sessions.ts";

const NO_TOUCH = () => {
  throw new Error("nobody has to touch anything");
};

/** As the recording describes its credentials: every 11th SHA512, every 7th SHA256. */
function algorithmOf(index: number): Algorithm {
  if (index % 11 === 10) return "SHA512";
  return index % 7 === 6 ? "SHA256" : "SHA1";
}

const hundred = (from: RegExp, to: RegExp) => recording("05-hundred-credentials-paging", from, to);

describe("05-hundred-credentials-paging, replayed", () => {
  const AT = 1_111_111_109;

  it("lists all hundred from thirteen short pages", async () => {
    const lines = hundred(/^# LIST Le=00/u, /^# 13 page/u);
    const { token, session } = await openScripted("canokey5", lines);
    const credentials = await session.list();
    expect(credentials).toHaveLength(100);
    expect(credentials[7]).toEqual(credential("Issuer 07:user-07@example.org", { digits: null }));
    expect(new Set(credentials.map(({ id }) => id)).size).toBe(100);
    token.assertFinished();
  });

  it("reads all codes from two times three long pages, and they are otpauth's", async () => {
    const lines = [
      hundred(/^# LIST with extended Le/u, /^# 3 page/u),
      hundred(/^# CALCULATE ALL truncated, extended/u, /^# 3 page/u),
    ].join("\n");
    const { token, session } = await openScripted("canokey6", lines);
    const readings = await session.calculateAll(AT, { onTouch: NO_TOUCH });
    token.assertFinished();

    expect(readings).toHaveLength(100);
    const seeds = { SHA1: 20, SHA256: 32, SHA512: 64 };
    for (const { credential: one, code } of readings) {
      const secret = utf8Bytes("1234567890".repeat(7).slice(0, seeds[one.algorithm]));
      const digits = one.digits === 8 ? 8 : 6;
      const seed = totpSeed({ secret, algorithm: one.algorithm, digits });
      const isSilent = one.type === "hotp" || one.needsTouch;
      expect(code).toBe(isSilent ? null : oracleCode(seed, Math.floor(AT / 30)));
    }
    expect(readings.filter(({ credential: { type } }) => type === "hotp")).toHaveLength(7);
    expect(readings.filter(({ credential: { needsTouch } }) => needsTouch)).toHaveLength(5);
    expect(readings.map(({ credential: { algorithm } }) => algorithm)).toEqual(
      readings.map((_, index) => algorithmOf(index)),
    );
  });

  it("tells digits and touch marks in a list with a time, in as many exchanges", async () => {
    const lines = [
      hundred(/^# LIST with extended Le/u, /^# 3 page/u),
      hundred(/^# CALCULATE ALL truncated, extended/u, /^# 3 page/u),
    ].join("\n");
    const { token, session } = await openScripted("canokey6", lines);
    const credentials = await session.list({ unixSeconds: AT });
    expect(credentials.map(({ digits }) => digits)).not.toContain(null);
    expect(credentials.filter(({ needsTouch }) => needsTouch)).toHaveLength(5);
    expect(token.sent).toHaveLength(8);
  });
});

describe("calculateAll", () => {
  const LIST = "> 00a1000000";
  const ALL = "> 00a40001 0a 7408 0000000000000004 00";

  it("asks singly for other periods and for Steam", async () => {
    const { token, session } = await openScripted(
      "yubikey",
      `${LIST}
       < 7205 21 36302f61  7208 21 537465616d3a62  7202 21 63  9000
       ${ALL}
       < 7104 36302f61 760506 00000001  7107 537465616d3a62 760505 00000002  7101 63 760506 41397eea  9000
       > 00a20001 10 7104 36302f61 7408 0000000000000002 00
       < 760508 00000003 9000
       > 00a20000 13 7107 537465616d3a62 7408 0000000000000004 00
       < 751505 75a48a19d4cbe100644e8ac1397eea747a2d33ab 9000`,
    );
    const readings = await session.calculateAll(120);
    expect(readings.map(({ credential: { id, digits }, code }) => [id, digits, code])).toEqual([
      ["60/a", 6, "00000003"],
      ["Steam:b", 5, "PV9M4"],
      ["c", 6, "287082"],
    ]);
    token.assertFinished();
  });

  it("reads singly where the whole command fails because of one credential", async () => {
    const { token, session } = await openScripted(
      "yubikey",
      `${LIST}
       < 720221 61  720221 62  720211 63  9000
       ${ALL}
       < 6982
       > 00a20001 0d 710161 7408 0000000000000004 00
       < 760506 41397eea 9000
       > 00a20001 0d 710162 7408 0000000000000004 00
       < 6982`,
    );
    const readings = await session.calculateAll(120);
    expect(readings.map(({ credential: { id }, code }) => [id, code])).toEqual([
      ["a", "287082"],
      ["b", null],
      ["c", null],
    ]);
    token.assertFinished();
  });

  it("never sends what a Trussed token does not have, and passes over what wants its PIN", async () => {
    const { token, session } = await openScripted(
      "trussed",
      `${LIST}
       < 720221 61  720221 62  9000
       > 00a20001 0d 710161 7408 0000000000000004 00
       < 6982
       > 00a20001 0d 710162 7408 0000000000000004 00
       < 760506 41397eea 9000`,
    );
    const readings = await session.calculateAll(120);
    expect(readings.map(({ code }) => code)).toEqual([null, "287082"]);
    token.assertFinished();
  });

  it("hands on what is no refusal, of all codes or of one", async () => {
    const single = "> 00a20001 0d 710161 7408 0000000000000004 00\n! unplugged";
    const one = await openScripted("trussed", `${LIST}\n< 720221 61 9000\n${single}`);
    await expect(one.session.calculateAll(120)).rejects.toMatchObject({ code: "unplugged" });
    const { session } = await openScripted("yubikey", `${LIST}\n< 720221 61 9000\n${ALL}\n! unplugged`);
    await expect(session.calculateAll(120)).rejects.toMatchObject({ code: "unplugged" });
  });
});

describe("lists of every dialect", () => {
  it.each<[SelectedName, string]>([
    ["legacy", "> 0003000000\n< 710161 75022108 9000"],
    ["canokey5", "> 00a1000000\n< 72022161 9000"],
    ["canokey6", "> 00a10000000000\n< 72022161 61ff\n> 00a50000000000\n< 9000"],
    ["pico", "> 00a1000000\n< 720221 6102\n> 00c0000000\n< 61 9000"],
    ["yubikey", "> 00a1000000\n< 7202 6102\n> 00a5000000\n< 2161 9000"],
    ["trussed", "> 00a1000000\n< 72022161 9000"],
  ])("%s", async (name, lines) => {
    const { token, session } = await openScripted(name, lines);
    expect(await session.list()).toEqual([credential("a", { digits: name === "legacy" ? 8 : null })]);
    token.assertFinished();
  });

  it("name a credential once", async () => {
    const { session } = await openScripted("yubikey", "> 00a1000000\n< 72022161 72022261 9000");
    expect((await session.list()).map(({ algorithm }) => algorithm)).toEqual(["SHA1"]);
  });

  it("keep a name that is no text apart", async () => {
    const { session } = await openScripted("yubikey", "> 00a1000000\n< 720321ff61 720321fe61 9000");
    const credentials = await session.list();
    expect(credentials.map(({ id }) => id)).toEqual(["hex:ff61", "hex:fe61"]);
    expect(credentials.map(({ name }) => name)).toEqual([parseHex("ff61"), parseHex("fe61")]);
  });
});
