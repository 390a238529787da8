import { HOTP, Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { type CanoKeyFirmware, VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import type { VirtualAccount } from "../../../src/virtual/oath/account.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SELECT = "00a4040007a000000527210100";
const SECRET = utf8Bytes("12345678901234567890");
const NAME = "710161";
const KEY = `73162106${formatHex(SECRET)}`;
const CHALLENGE = "74080000000000000001";
const ACCOUNT: VirtualAccount = { name: "a", type: "totp", algorithm: "SHA1", digits: 6, secret: SECRET };

function bench(firmware: CanoKeyFirmware) {
  const timer = new ManualTimer();
  const key = new VirtualCanoKey({ timer, random: () => parseHex("0102030405060708"), firmware });
  const card = async (hex: string) => formatHex(await key.transmit(parseHex(hex)));
  return { timer, key, card };
}

function command(ins: string, p1p2: string, data: string): string {
  return `00${ins}${p1p2}${(data.length / 2).toString(16).padStart(2, "0")}${data}00`;
}

describe("a CanoKey with firmware 1.5.2 to 2.0.x", () => {
  it("says 5.5.5 and speaks the same commands", async () => {
    const { card } = bench("5.5.5");
    expect(await card(SELECT)).toBe("7903050505710801020304050607089000");
    expect(await card(command("01", "0000", NAME + KEY))).toBe("9000");
    expect(await card("00a1000000")).toBe("720221619000");
    expect(await card(command("a2", "0001", NAME + CHALLENGE))).toBe("76050641397eea9000");
  });

  it("has one touch slot for typing", async () => {
    const { card, key } = bench("5.5.5");
    await card(SELECT);
    key.store({ ...ACCOUNT, type: "hotp" });
    expect(await card(command("55", "0001", NAME))).toBe("9000");
    expect(await card(command("55", "0101", NAME))).toBe("6a86");
    expect(await card(command("55", "0001", "710162"))).toBe("6984");
  });
});

describe("a CanoKey with firmware before 1.5.2", () => {
  it("selects without an answer and has its own instructions", async () => {
    const { card } = bench("legacy");
    expect(await card(SELECT)).toBe("9000");
    expect(await card(command("01", "0000", NAME + KEY))).toBe("9000");
    expect(await card("0003000000")).toBe("710161750221069000");
    expect(await card(command("04", "0001", NAME + CHALLENGE))).toBe("76050641397eea9000");
    expect(await card(command("05", "0001", CHALLENGE))).toBe("71016176050641397eea9000");
    expect(await card("0006000000")).toBe("6985");
    expect(await card(command("02", "0000", NAME))).toBe("9000");
    expect(await card("0003000000")).toBe("9000");
  });

  it("takes a property with its length, and refuses the bare form", async () => {
    const { card } = bench("legacy");
    await card(SELECT);
    expect(await card(command("01", "0000", `${NAME + KEY}780102`))).toBe("9000");
    expect(await card(command("01", "0000", `710162${KEY}7802`))).toBe("6700");
    expect(await card(command("05", "0001", CHALLENGE))).toBe("7101617c01069000");
  });

  it.each(["00a1000000", "00a2000000", "00a3000000", "00a5000000"])("does not know %s", async (later) => {
    const { card } = bench("legacy");
    await card(SELECT);
    expect(await card(later)).toBe("6d00");
  });

  it("pages by its own instruction", async () => {
    const { card, key } = bench("legacy");
    await card(SELECT);
    for (let at = 0; at < 40; at += 1) key.store({ ...ACCOUNT, name: `account-${at}` });
    const pages = [await card("0003000000")];
    while (pages.at(-1)?.endsWith("61ff")) pages.push(await card("0006000000"));
    const names = pages.join("").match(/71..6163636f756e742d/gu);
    expect(pages.length).toBeGreaterThan(2);
    expect(names).toHaveLength(40);
  });
});

describe("accounts put into a CanoKey from outside", () => {
  it("show the counter asked for first", async () => {
    const { card, key } = bench("6.0.0");
    await card(SELECT);
    key.store({ ...ACCOUNT, type: "hotp", nextCounter: 7 });
    const answer = await card(command("a2", "0001", NAME));
    const code = new HOTP({ secret: new Secret({ buffer: SECRET.buffer }) }).generate({ counter: 7 });
    expect(Number.parseInt(answer.slice(6, 14), 16) % 1e6).toBe(Number(code));
    expect(() => key.store({ ...ACCOUNT, type: "hotp", nextCounter: 0 })).toThrow(RangeError);
  });

  it("may want a touch, or only later challenges", async () => {
    const { card, key } = bench("6.0.0");
    await card(SELECT);
    key.store({ ...ACCOUNT, needsTouch: true });
    key.store({ ...ACCOUNT, name: "b", algorithm: "SHA256", isIncreasing: true });
    expect(await card(command("a4", "0001", "74080000000000000002"))).toMatch(/^7101617c010671016276/u);
    expect(await card(command("a4", "0001", CHALLENGE))).toBe("6982");
  });

  it("survive a loss of power, which ends a wait for a touch", async () => {
    const { card, key } = bench("6.0.0");
    await card(SELECT);
    key.store({ ...ACCOUNT, needsTouch: true });
    const waits = new Promise<void>((resolve) => key.onTouchChange(resolve));
    const answer = card(command("a2", "0001", NAME + CHALLENGE));
    await waits;
    key.usb.powerOff();
    expect(await answer).toBe("6982");
    expect(key.waitsForTouch).toBe(false);
    expect(await card("00a1000000")).toBe("6a82");
    await card(SELECT);
    expect(await card("00a1000000")).toBe("720221619000");
  });
});
