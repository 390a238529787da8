import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { type Bytes, utf8Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { hmac } from "../../../src/virtual/oath/hmac.ts";
import { EXTENSION_MS, VirtualPico, type VirtualPicoOptions } from "../../../src/virtual/pico/pico.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SELECT = "00a4040007a000000527210100";
const SECRET = utf8Bytes("12345678901234567890");
const CHALLENGE = "74080000000000000001";
const NEVER = new AbortController().signal;

function bench(options: Partial<VirtualPicoOptions> = {}) {
  const timer = new ManualTimer();
  const key = new VirtualPico({ timer, random: () => parseHex("0102030405060708"), ...options });
  const card = async (hex: string) => {
    const answer = await key.transmit(parseHex(hex));
    return answer === null ? null : formatHex(answer);
  };
  const send = (bytes: Bytes) => key.usb.transferOut(0x04, bytes, NEVER);
  const receive = async (room = 64) => formatHex(await key.usb.transferIn(0x84, room, NEVER));
  return { timer, key, card, send, receive };
}

function message(type: number, sequence: number, hex = ""): Bytes {
  const data = parseHex(hex);
  const length = [data.length & 0xff, data.length >> 8, 0, 0];
  return Uint8Array.from([type, ...length, 0, sequence, 0, 0, 0, ...data]);
}

/** A field: tag, length, value, as hex. */
function field(tag: number, value: Bytes | string): string {
  const bytes = typeof value === "string" ? utf8Bytes(value) : value;
  return formatHex(Uint8Array.from([tag, bytes.length, ...bytes]));
}

function command(ins: string, p1p2: string, data: string): string {
  return `00${ins}${p1p2}${(data.length / 2).toString(16).padStart(2, "0")}${data}00`;
}

function put(name: string, kind: number, extra = ""): string {
  const key = field(0x73, Uint8Array.from([kind, 6, ...SECRET]));
  return command("01", "0000", field(0x71, name) + key + extra);
}

async function fill(options: Partial<VirtualPicoOptions>, count = 120) {
  const all = bench(options);
  await all.card(SELECT);
  for (let at = 0; at < count; at += 1)
    await all.card(put(`issuer:account-${String(at).padStart(3, "0")}`, 0x21));
  return all;
}

/** HMAC-SHA1 in hex. */
async function macOf(key: string, text: string): Promise<string> {
  return formatHex(await hmac(1, parseHex(key), parseHex(text)));
}

describe("a virtual Pico's applet", () => {
  it("selects with the first characters of its serial number as salt", async () => {
    const { card } = bench();
    expect(await card("00a1000000")).toBe("6a82");
    expect(await card(SELECT)).toBe("7903070000710845363630353833389000");
    // Le is not needed, and a shortened name is enough.
    expect(await card("00a4040005a000000527")).toMatch(/9000$/u);
    expect(await card("00a4040008a000000308000000")).toBe("6a82");
  });

  it("computes the codes otpauth computes", async () => {
    const { card } = bench();
    await card(SELECT);
    expect(await card(put("a", 0x21))).toBe("9000");
    const code = (await card(command("a2", "0001", field(0x71, "a") + CHALLENGE))) ?? "";
    const value = Number.parseInt(code.slice(6, 14), 16) % 1e6;
    const expected = new TOTP({ secret: new Secret({ buffer: SECRET.buffer }) }).generate({
      timestamp: 30_000,
    });
    expect(String(value).padStart(6, "0")).toBe(expected);
  });

  it("uses an HOTP counter before it raises it, and wants a challenge all the same", async () => {
    const { card } = bench();
    await card(SELECT);
    await card(put("h", 0x11));
    expect(await card(command("a2", "0001", field(0x71, "h")))).toBe("6a80");
    const ask = command("a2", "0001", `${field(0x71, "h")}7400`);
    expect(await card(ask)).toBe("7605064c93cf189000");
    expect(await card(ask)).toBe("76050641397eea9000");
    await card(put("from5", 0x11, field(0x7a, Uint8Array.of(0, 0, 0, 5))));
    expect(await card(command("a2", "0001", `${field(0x71, "from5")}7400`))).toBe("76050633c083d49000");
  });

  it("overwrites, renames, deletes, lists with properties, and resets", async () => {
    const { card } = bench();
    await card(SELECT);
    await card(put("a", 0x21, "780102"));
    await card(put("a", 0x22, "780102"));
    await card(put("b", 0x21));
    expect(await card("00a1000000")).toBe("72022261720221629000");
    expect(await card("00a10000010100")).toBe("720322610172032162009000");
    expect(await card(command("05", "0000", field(0x71, "b") + field(0x71, "c")))).toBe("9000");
    expect(await card(command("05", "0000", field(0x71, "b") + field(0x71, "c")))).toBe("6984");
    expect(await card(command("02", "0000", field(0x71, "c")))).toBe("9000");
    expect(await card(command("02", "0000", field(0x71, "c")))).toBe("6984");
    expect(await card("0004000000")).toBe("6a86");
    expect(await card("0004dead00")).toBe("9000");
    expect(await card("00a1000000")).toBe("9000");
    expect(await card("80a1000000")).toBe("6e00");
    expect(await card("00ff000000")).toBe("6d00");
  });

  it("marks a touch credential, in either form of the property, and never waits for the touch", async () => {
    const { card, key } = bench();
    await card(SELECT);
    await card(put("tlv", 0x21, "780102"));
    await card(put("bare", 0x21, "7802"));
    const all = await card(command("a4", "0001", CHALLENGE));
    expect(all).toBe(`${field(0x71, "tlv")}7c0106${field(0x71, "bare")}7c01069000`);
    expect(await card(command("a2", "0001", field(0x71, "tlv") + CHALLENGE))).toBe("76050641397eea9000");
    key.usb.powerOff();
    expect(await card("00a1000000")).toBe("6a82");
  });

  it("stores a hash it does not know, and fails when it is used", async () => {
    const { card } = bench();
    await card(SELECT);
    expect(await card(put("x", 0x2e))).toBe("9000");
    expect(await card(command("a2", "0001", field(0x71, "x") + CHALLENGE))).toBe("6f00");
    expect(await card(command("a4", "0001", CHALLENGE))).toBe("7101787601069000");
  });

  it("holds 255 accounts", async () => {
    const { card } = bench();
    await card(SELECT);
    for (let at = 0; at < 255; at += 1) expect(await card(put(`n${at}`, 0x21))).toBe("9000");
    expect(await card(put("n255", 0x21))).toBe("6a84");
    expect(await card(put("n0", 0x21))).toBe("9000");
  });

  it("locks with a password and answers 6984 to a wrong one", async () => {
    const { card } = bench();
    await card(SELECT);
    const key = "2112345678901234567890123456789012";
    expect(await card(command("03", "0000", `7311${key}740801020304050607087514${"00".repeat(20)}`))).toBe(
      "6984",
    );
    const proof = await macOf(key.slice(2), "0102030405060708");
    expect(await card(command("03", "0000", `7311${key}740801020304050607087514${proof}`))).toBe("9000");
    expect(await card("00a1000000")).toBe("6982");
    expect(await card(SELECT)).toBe("790307000071084536363035383338740801020304050607087b01019000");
    expect(await card(command("a3", "0000", `7514${"00".repeat(20)}74081112131415161718`))).toBe("6984");
    const answer = await macOf(key.slice(2), "1112131415161718");
    expect(await card(command("a3", "0000", `7514${proof}74081112131415161718`))).toBe(`7514${answer}9000`);
    expect(await card("00a1000000")).toBe("9000");
  });
});

describe("a virtual Pico's long answers", () => {
  it("come in parts of at most a message, by GET RESPONSE", async () => {
    const { card } = await fill({});
    const first = (await card("00a1000000")) ?? "";
    expect(first.length / 2).toBe(2036 + 2);
    expect(first.endsWith("6100")).toBe(true);
    // SEND REMAINING is no help here.
    const second = (await card("00c0000000")) ?? "";
    expect(second.endsWith("6100")).toBe(false);
    const rest = [second, ...(second.endsWith("9000") ? [] : [(await card("00c0000000")) ?? ""])];
    const bytes = [first, ...rest].map((part) => part.slice(0, -4)).join("");
    expect(bytes.length / 2).toBe(120 * 21);
  });

  it("are not given out by SEND REMAINING", async () => {
    const { card } = await fill({});
    await card("00a1000000");
    expect(await card("00a5000000")).toBe("9000");
  });

  it("stop at Le in older builds, and tell how much is left", async () => {
    const { card } = await fill({ le: "kept" }, 20);
    const first = (await card("00a1000000")) ?? "";
    expect(first.length / 2).toBe(256 + 2);
    expect(first.endsWith("61a4")).toBe(true);
    const second = (await card("00c0000000")) ?? "";
    expect(second.length / 2).toBe(0xa4 + 2);
    expect(second.endsWith("9000")).toBe(true);
    // Data without Le leaves no room at all.
    expect(
      await card(command("a2", "0001", `${field(0x71, "issuer:account-000")}${CHALLENGE}`).slice(0, -2)),
    ).toBe("6107");
    expect(await card("00c0000007")).toBe("76050641397eea9000");
  });
});

describe("a virtual Pico's bulk endpoints", () => {
  it("carry the worked bytes of power-on and SELECT", async () => {
    const { send, receive } = bench();
    await send(message(0x62, 0));
    expect(await receive()).toBe("800900000000000000003b8480015069636f30");
    await send(message(0x6f, 1, SELECT));
    expect(await receive()).toBe("801100000000010000007903070000710845363630353833389000");
    await send(message(0x6c, 2));
    expect(await receive()).toBe("820700000000020000001110001500fe00");
    await send(message(0x63, 3));
    expect(await receive()).toBe("81000000000003010000");
    await send(message(0x65, 4));
    expect(await receive()).toBe("81000000000004010000");
  });

  it("join a message that comes in pieces", async () => {
    const { send, receive } = bench();
    await send(message(0x62, 0));
    await receive();
    for (const byte of message(0x6f, 1, SELECT)) await send(Uint8Array.of(byte));
    expect(await receive()).toMatch(/^80110000000001/u);
  });

  it("ask for more time while the card works", async () => {
    const { timer, send, receive } = bench({ workMs: 2 * EXTENSION_MS + 1 });
    await send(message(0x62, 0));
    await receive();
    await send(message(0x6f, 7, SELECT));
    await Promise.resolve();
    timer.advance(EXTENSION_MS);
    expect(await receive()).toBe("80000000000007800000");
    timer.advance(EXTENSION_MS);
    expect(await receive()).toBe("80000000000007800000");
    timer.advance(1);
    expect(await receive()).toMatch(/^80110000000007000000/u);
  });

  it("answer 6F00 to a message over 2048 bytes, and nothing to a malformed command", async () => {
    const { send, receive } = bench();
    await send(message(0x62, 0));
    await receive();
    await send(message(0x6f, 1, "00".repeat(2039)));
    expect(await receive()).toBe("800200000000010000006f00");
    await send(message(0x6f, 2, "00a4"));
    await send(message(0x6f, 3, "0001000005010203"));
    await send(message(0x65, 4));
    expect(await receive()).toBe("81000000000004000000");
  });

  it.each([
    ["split" as const, 2, "6102"],
    ["zero-length-packet" as const, 0, "9000"],
    ["nothing" as const, 0, "9000"],
  ])("end a full last packet: %s", async (fullPacketEnd, held, status) => {
    const { card, send, receive, key } = bench({ fullPacketEnd });
    await card(SELECT);
    // 10 + 4 × 29 + 2 = 128 bytes: two full packets.
    for (let at = 0; at < 4; at += 1) await card(put(`name-of-twenty-six-chars-${at}`, 0x21));
    await send(message(0x62, 0));
    await receive();
    await send(message(0x6f, 1, "00a1000000"));
    const first = await receive();
    const second = await receive();
    expect((first + second).length / 2).toBe(128 - held);
    expect(second.endsWith(status)).toBe(true);
    const stop = new AbortController();
    const more = key.usb.transferIn(0x84, 64, stop.signal).then(formatHex, () => "nothing");
    stop.abort();
    expect(await more).toBe(fullPacketEnd === "zero-length-packet" ? "" : "nothing");
  });

  it("babble when the host's room ends within a packet", async () => {
    const { send, receive } = bench();
    await send(message(0x62, 0));
    await expect(receive(8)).rejects.toThrow(expect.objectContaining({ name: "UsbBabble" }));
  });
});
