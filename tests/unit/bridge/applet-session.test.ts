import { HOTP, Secret } from "otpauth";
import { beforeEach, describe, expect, it } from "vitest";
import { appletToken } from "../../../src/bridge/index.ts";
import type { OathSession, OathToken } from "../../../src/bridge/index.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { VirtualApduConnection } from "../../../src/virtual/apdu-connection.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { randomBytes, REAL_TIMER } from "../../support/real-timer.ts";

const SECRET = utf8Bytes("12345678901234567890");
const NOW_MS = 1_700_000_000_000;
const now = () => NOW_MS;
const oracle = (counter: number) =>
  HOTP.generate({ secret: new Secret({ buffer: SECRET.slice().buffer }), counter });
const NEW = {
  issuer: "AWS",
  account: "root",
  type: "totp",
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
} as const;

let key: VirtualCanoKey;
let owners: number;
let forgotten: number;
let pulled: AbortController;
let token: OathToken;
beforeEach(() => {
  key = new VirtualCanoKey({ timer: REAL_TIMER, random: randomBytes });
  owners = forgotten = 0;
  pulled = new AbortController();
  token = appletToken(
    {
      info: { name: "CanoKey", manufacturer: "canokeys.org", api: "virtual" },
      own: () => {
        owners += 1;
        return Promise.resolve(() => void (owners -= 1));
      },
      forget: () => Promise.resolve(void (forgotten += 1)),
    },
    () => Promise.resolve(new VirtualApduConnection("CanoKey", key, pulled.signal)),
    "canokey",
  );
});

async function withSession<T>(work: (session: OathSession) => Promise<T>): Promise<T> {
  const session = await token.open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

describe("a token behind APDUs", () => {
  it("writes, lists, reads codes, renames and deletes", () =>
    withSession(async (session) => {
      expect(session.info.firmware).toBe("6.0.0");
      expect(session.locked).toBe(false);
      const written = await session.put(NEW, SECRET);
      expect(await session.list({ now })).toEqual([{ ...written, digits: 6 }]);
      expect(written).toMatchObject({ issuer: "AWS", account: "root", type: "totp", needsTouch: false });
      expect(written).not.toHaveProperty("name");
      const step = Math.floor(NOW_MS / 30_000);
      expect(await session.code(written, { movingFactor: step })).toBe(oracle(step));
      expect(await session.consecutiveCodes(written, 2, { now })).toEqual([
        { code: oracle(step - 1), ageMs: 30_000 },
        { code: oracle(step), ageMs: 0 },
      ]);
      await session.rename(written, { issuer: "AWS", account: "ana" });
      const [renamed] = await session.list({ now });
      expect(renamed).toMatchObject({ account: "ana" });
      if (!renamed) throw new Error("one credential was expected");
      await session.delete(renamed);
      expect(await session.list({ now })).toEqual([]);
      await expect(session.code(renamed, { movingFactor: step })).rejects.toMatchObject({
        code: "no-credentials",
      });
    }));

  it("never overwrites", () =>
    withSession(async (session) => {
      await session.put(NEW, SECRET);
      await expect(session.put(NEW, utf8Bytes("another secret here!"))).rejects.toMatchObject({
        code: "status-word",
        sw: 0x6985,
      });
    }));

  it("reads a counter's codes one after the other", () =>
    withSession(async (session) => {
      const counter = await session.put({ ...NEW, type: "hotp", counter: 5 }, SECRET);
      expect(await session.consecutiveCodes(counter, 2, { now })).toEqual([
        { code: oracle(5), ageMs: 0 },
        { code: oracle(6), ageMs: 0 },
      ]);
    }));

  it("is locked by a password, also for the next session", async () => {
    await withSession(async (session) => {
      await session.put(NEW, SECRET);
      await session.setPassword("foobar");
      expect(await session.list({ now })).toHaveLength(1);
    });
    key.usb.powerOff();
    await withSession(async (session) => {
      expect(session.locked).toBe(true);
      await expect(session.list({ now })).rejects.toMatchObject({ code: "locked" });
      await expect(session.unlock("wrong")).rejects.toMatchObject({ code: "wrong-password" });
      await session.unlock("foobar");
      expect(await session.list({ now })).toHaveLength(1);
    });
  });

  it("asks for a touch", () =>
    withSession(async (session) => {
      const guarded = await session.put({ ...NEW, needsTouch: true }, SECRET);
      let asked = 0;
      const onTouch = () => {
        asked += 1;
        key.touch();
      };
      expect(await session.code(guarded, { movingFactor: 1 }, { onTouch })).toBe(oracle(1));
      expect(asked).toBe(1);
    }));
});

describe("owning a token", () => {
  it("is given back after close, once", async () => {
    const session = await token.open();
    expect(owners).toBe(1);
    await session.close();
    await session.close();
    expect(owners).toBe(0);
  });

  it("is given back when opening fails", async () => {
    pulled.abort();
    await expect(token.open()).rejects.toMatchObject({ code: "unplugged" });
    expect(owners).toBe(0);
    await token.forget();
    expect(forgotten).toBe(1);
  });

  it("ends in a code when the token is pulled out", async () => {
    const session = await token.open();
    pulled.abort();
    await expect(session.list({ now })).rejects.toMatchObject({ code: "unplugged" });
    await session.close();
    expect(owners).toBe(0);
  });
});
