import { HOTP, Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { type Bytes, utf8Bytes } from "../../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { stm32Checksum } from "../../../src/virtual/nitrokey/checksum.ts";
import { VirtualNitrokey, type VirtualNitrokeyOptions } from "../../../src/virtual/nitrokey/nitrokey.ts";
import { UsbStall } from "../../../src/virtual/usb/device.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const SECRET = utf8Bytes("12345678901234567890");
const TOTP_0 = 0x20;
const HOTP_0 = 0x10;

/** Worked frames: the first bytes and the checksum. */
const FRAMES = {
  status: [[], "dfb76eef"],
  nameOfTotp0: [[0x02, 0x20], "e98113fd"],
  nameOfHotp0: [[0x02, 0x10], "3ae26197"],
  slotOfTotp0: [[0x03, 0x20], "2ecf432e"],
  checkTime59: [[0x0b, 0, 59], "2c5fb5f8"],
  forceTime: [[0x0b, 1, 0x00, 0xf1, 0x53, 0x65], "484af110"],
  codeOfTotp0: [[0x04, 0x20, ...Array<number>(16).fill(0), 0x1e], "b8199bc7"],
  codeOfHotp0: [[0x04, 0x10], "c67f0275"],
} as const satisfies Record<string, readonly [readonly number[], string]>;

function report(...head: number[]): Bytes {
  const bytes = new Uint8Array(64);
  bytes.set(head);
  new DataView(bytes.buffer).setUint32(60, stm32Checksum(bytes.slice(0, 60)), true);
  return bytes;
}

/** A PIN as it is sent. */
function pin(text: string): number[] {
  return [...utf8Bytes(text), ...new Uint8Array(25 - text.length)];
}

function bench(options: Partial<VirtualNitrokeyOptions> = {}) {
  const timer = new ManualTimer();
  const key = new VirtualNitrokey({ timer, ...options });
  key.slots.program(TOTP_0, { name: "AWS root", secret: SECRET, digits: 6 });
  key.slots.program(TOTP_0 + 1, {
    name: "eight",
    secret: SECRET,
    digits: 8,
    periodSeconds: 60,
    tokenId: "ubhe12345678",
  });
  key.slots.program(HOTP_0, { name: "counter", secret: SECRET, digits: 6 });
  const ask = async (...head: number[]) => {
    key.send(report(...head));
    return key.receive();
  };
  const code = async (slot: number, ...rest: number[]) => {
    const answer = await ask(0x04, slot, ...rest);
    return answer[6] === 0 ? new DataView(answer.buffer).getUint32(7, true) : `status ${answer[6]}`;
  };
  const setTime = async (seconds: number, force = 1) => {
    const low = [seconds & 0xff, (seconds >>> 8) & 0xff, (seconds >>> 16) & 0xff, (seconds >>> 24) & 0xff];
    return (await ask(0x0b, force, ...low))[6];
  };
  return { timer, key, ask, code, setTime };
}

describe("the checksum of the reports", () => {
  it("is the one of an STM32", () => {
    expect(stm32Checksum(Uint8Array.of(0x78, 0x56, 0x34, 0x12))).toBe(0xdf8a8a2b);
    expect(stm32Checksum(new Uint8Array(60))).toBe(0xef6eb7df);
  });

  it.each(Object.entries(FRAMES))("fits the worked frame %s", (_name, [head, checksum]) => {
    expect(formatHex(report(...head)).slice(120)).toBe(checksum);
  });
});

describe("a virtual Nitrokey Pro", () => {
  it("answers the worked frames byte by byte", async () => {
    const { ask } = bench();
    expect(formatHex(await ask(...FRAMES.status[0]))).toBe(
      `0000dfb76eef000f00115f0000ffffff00${"00".repeat(43)}01ad8e45`,
    );
    expect(formatHex(await ask(...FRAMES.nameOfTotp0[0]))).toBe(
      `0002e98113fd0041575320726f6f74${"00".repeat(45)}8ce87e81`,
    );
    expect(formatHex(await ask(0x02, 0x22))).toMatch(/^0002.{8}03/u);
  });

  it("answers the worked frame of an empty slot", async () => {
    const key = new VirtualNitrokey({ timer: new ManualTimer() });
    key.send(report(0x02, 0x21));
    expect(formatHex(await key.receive())).toBe(`0002d92b85b103${"00".repeat(53)}54819a3c`);
  });

  it("answers the worked frame of a code, and refuses a wrong checksum", async () => {
    const { key } = bench();
    key.send(parseHex(`0b013b${"00".repeat(57)}00000000`));
    expect((await key.receive())[6]).toBe(1);
    key.send(report(0x0b, 1, 59));
    expect((await key.receive())[6]).toBe(0);
    key.send(report(0x04, 0x20));
    expect(formatHex(await key.receive())).toBe(`0004151c701f006a610400${"00".repeat(49)}bc54f522`);
  });

  it("shows otpauth's codes for the time it was told, and stands still", async () => {
    const { timer, code, setTime } = bench();
    const six = new TOTP({ secret: new Secret({ buffer: SECRET.buffer }) });
    const eight = new TOTP({ secret: new Secret({ buffer: SECRET.buffer }), digits: 8, period: 60 });
    for (const seconds of [59, 1_111_111_109, 1_234_567_890, 2_000_000_000]) {
      await setTime(seconds);
      timer.advance(120_000);
      expect(await code(TOTP_0)).toBe(Number(six.generate({ timestamp: seconds * 1000 })));
      expect(await code(TOTP_0 + 1)).toBe(Number(eight.generate({ timestamp: seconds * 1000 })));
    }
  });

  it("shows HOTP codes from counter 0 on", async () => {
    const { code } = bench();
    const hotp = new HOTP({ secret: new Secret({ buffer: SECRET.buffer }) });
    for (const counter of [0, 1, 2]) expect(await code(HOTP_0)).toBe(Number(hotp.generate({ counter })));
  });

  it("reads a slot: name, configuration, token id, period or counter", async () => {
    const { ask, code } = bench();
    const whole = formatHex((await ask(0x03, TOTP_0 + 1)).slice(7, 44));
    expect(whole).toBe(
      `${formatHex(utf8Bytes("eight"))}${"00".repeat(10)}05${formatHex(utf8Bytes("ubhe12345678"))}003c${"00".repeat(7)}`,
    );
    await code(HOTP_0);
    expect(formatHex((await ask(0x03, HOTP_0)).slice(36, 44))).toBe("0100000000000000");
  });

  it("refuses what is not there", async () => {
    const { ask, code, key } = bench();
    expect(await code(0x2f)).toBe("status 2");
    expect(await code(0x13)).toBe("status 2");
    expect(await code(0x25)).toBe("status 3");
    expect((await ask(0x03, 0x2f))[6]).toBe(2);
    expect((await ask(0x77))[6]).toBe(9);
    key.slots.erase(TOTP_0);
    expect(await code(TOTP_0)).toBe("status 3");
  });

  it("refuses a time before the last one it remembers, unless forced", async () => {
    const { setTime, code, key } = bench();
    expect(await setTime(1_700_000_000, 0)).toBe(0);
    expect(await setTime(1_700_000_000 - 120, 0)).toBe(6);
    expect(await setTime(1_700_000_000 + 1, 0)).toBe(0);
    expect(await setTime(1_600_000_000, 1)).toBe(0);
    expect(await setTime(1_600_000_000, 0)).toBe(0);
    key.usb.powerOff();
    // The memory outlives the power, the working time does not.
    expect(await setTime(1_500_000_000, 0)).toBe(6);
    expect(await code(TOTP_0)).toBe(755224);
  });

  it("refuses every time while its memory is unreadable, until forced", async () => {
    const { setTime } = bench({ timeMemory: "unreadable" });
    expect(await setTime(1_700_000_000, 0)).toBe(6);
    expect(await setTime(1_700_000_000, 1)).toBe(0);
    expect(await setTime(1_700_000_100, 0)).toBe(0);
  });

  it("gives codes only for the user PIN when set so", async () => {
    const { ask, code, setTime, key } = bench({ codesNeedPin: true, pin: "654321" });
    const temporary = [...Array(25).keys()];
    const passwordAt19 = [...Array<number>(17).fill(0), ...temporary];
    expect((await ask(0x00))[16]).toBe(1);
    await setTime(59);
    expect(await code(TOTP_0, ...passwordAt19)).toBe("status 5");
    expect((await ask(0x0e, ...pin("000000"), ...temporary))[6]).toBe(4);
    expect((await ask(0x0f))[7]).toBe(2);
    expect((await ask(0x0e, ...pin("654321"), ...temporary))[6]).toBe(0);
    expect((await ask(0x0f))[7]).toBe(3);
    expect(await code(TOTP_0, ...passwordAt19)).toBe(287082);
    expect(await code(TOTP_0)).toBe("status 5");
    expect((await ask(0x12))[6]).toBe(0);
    expect(await code(TOTP_0, ...passwordAt19)).toBe("status 5");
    for (const left of [2, 1, 0]) {
      expect((await ask(0x0e, ...pin("1"), ...temporary))[6]).toBe(4);
      expect((await ask(0x0f))[7]).toBe(left);
    }
    expect((await ask(0x0e, ...pin("654321"), ...temporary))[6]).toBe(4);
    expect((await ask(0x09))[7]).toBe(3);
    key.usb.powerOff();
    expect(await code(TOTP_0, ...passwordAt19)).toBe("status 5");
  });

  it("is busy for a while, and loses what comes meanwhile", async () => {
    const { key, timer } = bench({ workMs: 100 });
    key.send(report(0x02, TOTP_0));
    expect((await key.receive())[0]).toBe(3);
    timer.advance(60);
    key.send(report(0x00));
    expect((await key.receive())[0]).toBe(1);
    timer.advance(40);
    const answer = await key.receive();
    expect([answer[0], answer[1]]).toEqual([0, 2]);
  });

  it("speaks through feature reports of 64 bytes", async () => {
    const { key } = bench();
    const set = { requestType: 0x21, request: 9, value: 0x0300, index: 0, length: 64 };
    const get = { requestType: 0xa1, request: 1, value: 0x0300, index: 0, length: 64 };
    const none = new Uint8Array(0);
    await key.usb.control(set, report(0x00));
    expect(formatHex(await key.usb.control(get, none)).slice(0, 12)).toBe("0000dfb76eef");
    await expect(key.usb.control({ ...set, length: 63 }, new Uint8Array(63))).rejects.toThrow(UsbStall);
    await expect(key.usb.control({ ...get, value: 0x0100 }, none)).rejects.toThrow(UsbStall);
  });

  it("takes no slot that does not fit", () => {
    const { key } = bench();
    const content = { name: "x", secret: SECRET, digits: 6 } as const;
    expect(() => key.slots.program(0x30, content)).toThrow(RangeError);
    expect(() => key.slots.program(TOTP_0, { ...content, name: "sixteen letters." })).toThrow(RangeError);
    expect(() => key.slots.program(TOTP_0, { ...content, name: "" })).toThrow(RangeError);
    expect(() => key.slots.program(TOTP_0, { ...content, secret: new Uint8Array(41) })).toThrow(RangeError);
  });
});

describe("a virtual Nitrokey Storage", () => {
  it("lets its time run on, and hides its serial number", async () => {
    const { ask, code, setTime, timer } = bench({ model: "storage" });
    expect(formatHex((await ask(0x00)).slice(7, 13))).toBe("390000000000");
    await setTime(29);
    expect(await code(TOTP_0)).toBe(755224);
    timer.advance(1000);
    expect(await code(TOTP_0)).toBe(287082);
  });

  it("writes a counter as text, unless asked for the number", async () => {
    const { ask, key } = bench({ model: "storage" });
    key.slots.program(HOTP_0, { name: "counter", secret: SECRET, digits: 6, counter: 1234 });
    expect(formatHex((await ask(0x03, HOTP_0)).slice(36, 44))).toBe("3132333400000000");
    expect(formatHex((await ask(0x03, HOTP_0, 1)).slice(36, 44))).toBe("d204000000000000");
  });
});
