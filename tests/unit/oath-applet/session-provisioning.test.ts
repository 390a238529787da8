import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import type { NewOathCredential } from "../../../src/oath-applet/credential.ts";
import { recording } from "../../support/scripted-connection.ts";
import type { SelectedName } from "./dialects.ts";
import { credential, openScripted } from "./sessions.ts";

const SECRET = utf8Bytes("12345678901234567890");
const RFC_SECRET = {
  SHA1: SECRET,
  SHA256: utf8Bytes("12345678901234567890123456789012"),
  SHA512: utf8Bytes("1234567890".repeat(7).slice(0, 64)),
} as const;

/** A TOTP credential to write; any field can be changed. */
function fresh(changes: Partial<NewOathCredential> = {}): NewOathCredential {
  const plain = { type: "totp", algorithm: "SHA1", digits: 6, periodSeconds: 30 } as const;
  return { issuer: "", account: "a", ...plain, ...changes };
}

describe("put, against the recordings", () => {
  it("02: writes the RFC 6238 credentials", async () => {
    const lines = recording("02-totp-rfc6238", /^# PUT rfc6238:SHA1-8/u, /^# CALCULATE/u);
    const { token, session } = await openScripted("canokey6", lines);
    const secretsBefore = structuredClone(RFC_SECRET);
    for (const algorithm of ["SHA1", "SHA256", "SHA512"] as const) {
      for (const digits of [8, 6]) {
        const account = `${algorithm}-${digits}`;
        const wanted = fresh({ issuer: "rfc6238", account, algorithm, digits });
        expect(await session.put(wanted, RFC_SECRET[algorithm])).toEqual({
          credential: credential(`rfc6238:${account}`, { algorithm, digits }),
          firstCounter: null,
        });
      }
    }
    token.assertFinished();
    expect(RFC_SECRET).toEqual(secretsBefore);
  });

  it.each([
    ["no counter", 1, 1, /^# PUT HOTP, no counter/u, /^# CALCULATE 1/u, "plain"],
    ["counter 0, which cannot be had", 0, 1, /^# PUT HOTP, no counter/u, /^# CALCULATE 1/u, "plain"],
    ["counter 6", 6, 6, /^# PUT HOTP with 7A/u, /^# CALCULATE$/u, "from5"],
  ])("03: HOTP with %s", async (_name, counter, firstCounter, from, to, account) => {
    const { token, session } = await openScripted("canokey6", recording("03-hotp", from, to));
    const result = await session.put(fresh({ issuer: "hotp", account, type: "hotp", counter }), SECRET);
    expect(result).toEqual({ credential: credential(`hotp:${account}`, { type: "hotp" }), firstCounter });
    token.assertFinished();
  });

  it("04: with touch", async () => {
    const lines = recording("04-touch-and-increasing", /^# PUT with 78 02/u, /^# PUT with 78 01/u);
    const { token, session } = await openScripted("canokey6", lines);
    const { credential: written } = await session.put(
      fresh({ issuer: "touch", account: "totp", needsTouch: true }),
      SECRET,
    );
    expect(written.needsTouch).toBe(true);
    token.assertFinished();
  });

  it("05: on a full token", async () => {
    const lines = recording("05-hundred-credentials-paging", /^# PUT 100/u, /^# LIST/u);
    const { session } = await openScripted("canokey6", lines);
    const put = session.put(fresh({ issuer: "Issuer 100", account: "user-100@example.org" }), SECRET);
    await expect(put).rejects.toMatchObject({ code: "storage-full" });
  });

  it("07: under a taken name", async () => {
    const lines = recording("07-errors-and-limits", /^# PUT with a name that exists/u, /^# a name of 64/u);
    const { session } = await openScripted("canokey6", lines);
    const put = session.put(fresh({ account: "dup", algorithm: "SHA256", digits: 8 }), RFC_SECRET.SHA256);
    await expect(put).rejects.toMatchObject({ code: "status-word", sw: 0x6985 });
  });
});

describe("put elsewhere", () => {
  const PUT = "> 00010000 1b 710161 7316 2106 3132333435363738393031323334353637383930";

  it.each<[SelectedName, string]>([
    ["pico", "00a1000000"],
    ["yubikey", "00a1000000"],
    ["canokey5", "00a1000000"],
    ["trussed", "00a1000000"],
    ["legacy", "0003000000"],
  ])("%s would overwrite, so the list is read first", async (name, list) => {
    const free = await openScripted(name, `> ${list}\n< 9000\n${PUT}\n< 9000`);
    await free.session.put(fresh(), SECRET);
    free.token.assertFinished();
    const entry = name === "legacy" ? "710161 75021106" : "72021161";
    const taken = await openScripted(name, `> ${list}\n< ${entry} 9000`);
    await expect(taken.session.put(fresh(), SECRET)).rejects.toMatchObject({ sw: 0x6985 });
  });

  it.each([
    [0, ""],
    [1, "7a04 00000001"],
    [0xffff_ffff, "7a04 ffffffff"],
  ])("a Pico shows counter %i first when it is given it", async (counter, field) => {
    const length = field === "" ? "1b" : "21";
    const { token, session } = await openScripted(
      "pico",
      `> 00a1000000\n< 9000\n> 00010000 ${length} 710161 7316 1106 3132333435363738393031323334353637383930 ${field}\n< 9000`,
    );
    const { firstCounter } = await session.put(fresh({ type: "hotp", counter }), SECRET);
    expect(firstCounter).toBe(counter);
    token.assertFinished();
  });

  it("hashes a secret longer than a block, and pads a short one for a YubiKey", async () => {
    const long = new Uint8Array(65).fill(0xab);
    const hashed = createHash("sha1").update(long).digest("hex");
    const { token, session } = await openScripted(
      "yubikey",
      `> 00a1000000
< 9000
> 00010000 1b 710161 7316 2106 ${hashed}
< 9000`,
    );
    await session.put(fresh(), long);
    token.assertFinished();
    const short = await openScripted(
      "yubikey",
      `> 00a1000000\n< 9000\n> 00010000 15 710161 7310 2106 07${"00".repeat(13)}\n< 9000`,
    );
    await short.session.put(fresh(), Uint8Array.of(7));
    short.token.assertFinished();
  });

  it("leaves the caller's secret alone and wipes what it sent, even when refused", async () => {
    const { token, session } = await openScripted("canokey6", `${PUT}\n< 6a80`);
    const sent: Uint8Array[] = [];
    const transmit = token.transmit.bind(token);
    token.transmit = async (command, options) => {
      const answer = await transmit(command, options);
      sent.push(command);
      return answer;
    };
    const secret = SECRET.slice();
    await expect(session.put(fresh(), secret)).rejects.toMatchObject({ sw: 0x6a80 });
    expect(secret).toEqual(SECRET);
    expect(sent.at(-1)).toEqual(new Uint8Array(32));
  });

  it("tells the credential as the token will list it", async () => {
    const steam = await openScripted("canokey6", "> 00010000 0f 7107 537465616d3a61 7304 2105 0102\n< 9000");
    const put = await steam.session.put(fresh({ issuer: "Steam", digits: 5 }), Uint8Array.of(1, 2));
    expect(put.credential.digits).toBe(5);
    const colon = await openScripted("canokey6", "> 00010000 0d 7105 613a623a63 7304 2106 0102\n< 9000");
    const { credential: written } = await colon.session.put(
      fresh({ issuer: "a:b", account: "c" }),
      Uint8Array.of(1, 2),
    );
    expect([written.issuer, written.account]).toEqual(["a", "b:c"]);
  });

  it.each<[string, Partial<NewOathCredential>, Uint8Array<ArrayBuffer>]>([
    ["no secret", {}, new Uint8Array(0)],
    ["a SHA512 secret between 65 and 128 bytes", { algorithm: "SHA512" }, new Uint8Array(65)],
    ["three digits", { digits: 3 }, SECRET],
    ["nine digits", { digits: 9 }, SECRET],
    ["broken digits", { digits: 6.5 }, SECRET],
    ["a counter beyond four bytes", { type: "hotp", counter: 2 ** 32 }, SECRET],
    ["a counter below 0", { type: "hotp", counter: -1 }, SECRET],
    ["a name that is too long", { account: "a".repeat(65) }, SECRET],
    ["no account", { account: "" }, SECRET],
  ])("refuses %s and writes nothing", async (_name, changes, secret) => {
    const { session } = await openScripted("canokey6", "");
    await expect(session.put(fresh(changes), secret)).rejects.toThrow(RangeError);
  });
});

const section = (from: RegExp, to: RegExp) => recording("07-errors-and-limits", from, to);

describe("delete and rename, 07 replayed", () => {
  it("deletes", async () => {
    const { token, session } = await openScripted(
      "canokey6",
      section(/^# DELETE$/u, /^# CALCULATE of a deleted/u),
    );
    await session.delete(credential("key1"));
    token.assertFinished();
  });

  it("does not delete what is not there", async () => {
    const { session } = await openScripted("canokey6", section(/^# DELETE of an unknown/u, /^# DELETE$/u));
    await expect(session.delete(credential("nothere"))).rejects.toMatchObject({ code: "no-credentials" });
  });

  it("renames, and gives the credential under its new name", async () => {
    const { token, session } = await openScripted("canokey6", section(/^# RENAME dup/u, /^# RENAME onto/u));
    const renamed = await session.rename(credential("dup"), { issuer: "", account: "renamed" });
    expect(renamed).toEqual(credential("renamed"));
    token.assertFinished();
  });

  it("does not rename onto a taken name, nor what is not there", async () => {
    const taken = await openScripted("canokey6", section(/^# RENAME onto/u, /^# RENAME of an unknown/u));
    const onto = taken.session.rename(credential("renamed"), { issuer: "", account: "key64" });
    await expect(onto).rejects.toMatchObject({ code: "status-word", sw: 0x6985 });
    const unknown = await openScripted(
      "canokey6",
      section(/^# RENAME of an unknown/u, /^# RENAME to the same/u),
    );
    const missing = unknown.session.rename(credential("nothere"), { issuer: "", account: "x" });
    await expect(missing).rejects.toMatchObject({ code: "no-credentials" });
  });

  it("has nothing to do for the same name, which a CanoKey would refuse", async () => {
    const { session } = await openScripted("canokey6", "");
    const same = credential("60/Issuer:a");
    expect(await session.rename(same, { issuer: "Issuer", account: "a" })).toBe(same);
  });

  it("keeps the period, and looks first where a name might be overwritten", async () => {
    const { token, session } = await openScripted(
      "pico",
      "> 00a1000000\n< 720521 36302f61 9000\n> 00050000 0c 7104 36302f61 7104 36302f62\n< 9000",
    );
    const renamed = await session.rename(credential("60/a"), { issuer: "", account: "b" });
    expect(renamed).toEqual(credential("60/b"));
    token.assertFinished();
  });

  it.each<SelectedName>(["legacy", "trussed"])("is not sent to %s, which has no rename", async (name) => {
    const { session } = await openScripted(name, "");
    const rename = session.rename(credential("a"), { issuer: "", account: "b" });
    await expect(rename).rejects.toMatchObject({ code: "status-word", sw: 0x6d00 });
  });
});
