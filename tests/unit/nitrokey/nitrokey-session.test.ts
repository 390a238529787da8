import { describe, expect, it } from "vitest";
import { COMMAND } from "../../../src/nitrokey/commands.ts";
import { NitrokeySession } from "../../../src/nitrokey/nitrokey-session.ts";
import { clockSet, failure, NOW, open, RANDOM, STEP } from "./bed.ts";
import { codeOf, FakeNitrokey } from "./fake-nitrokey.ts";

describe("opening and listing", () => {
  it("reads status and slots", async () => {
    const { session } = await open();

    expect(session.deviceName).toBe("Nitrokey Pro");
    expect(session.status).toMatchObject({ firmwareMinor: 15, serialNumber: "00005f11" });
    expect(session.locked).toBe(false);
    expect(await session.slots()).toEqual([
      {
        number: 0x20,
        type: "totp",
        name: "AWS root",
        digits: 6,
        periodSeconds: 30,
        counter: null,
        tokenId: null,
      },
      {
        number: 0x22,
        type: "totp",
        name: "Bank",
        digits: 8,
        periodSeconds: 60,
        counter: null,
        tokenId: "ubhe00001234",
      },
      { number: 0x11, type: "hotp", name: "VPN", digits: 6, periodSeconds: 30, counter: 5, tokenId: null },
    ]);
  });

  it("lists a slot without a name, and none of an empty token", async () => {
    const named = await open((token) => token.slots.set(0x21, { name: "" }));
    expect((await named.session.slots()).map(({ name }) => name)).toEqual(["AWS root", "", "Bank", "VPN"]);

    const empty = await open((token) => token.slots.clear());
    expect(await empty.session.slots()).toEqual([]);
    expect(empty.token.sent).toHaveLength(18);
  });

  it("closes the connection when it cannot open", async () => {
    const token = new FakeNitrokey();
    token.instead.push(() => new Uint8Array(63));
    const error = await failure(
      NitrokeySession.open(token, { model: "pro", sleep: () => Promise.resolve() }),
    );
    expect(error.code).toBe("malformed-answer");
    expect(token.closed).toBe(1);
  });

  it("refuses a slot with a period that cannot be", async () => {
    const { session } = await open((token) => token.slots.set(0x21, { name: "odd", period: 0 }));
    expect((await failure(session.slots())).code).toBe("malformed-answer");
  });
});

describe("codes", () => {
  it("sets the time before each one", async () => {
    const { token, session } = await open(clockSet);

    expect(await session.code(0x20, { unixSeconds: STEP * 30 })).toBe(codeOf(STEP));
    expect(await session.code(0x20, { unixSeconds: STEP * 30 })).toBe(codeOf(STEP));
    expect(await session.code(0x22, { unixSeconds: NOW })).toBe(codeOf(Math.floor(NOW / 60), 8));
    expect(token.commands).toEqual([0x0b, 0x04, 0x0b, 0x04, 0x0b, 0x04]);
  });

  it("gives two in a row at once, then sets the clock to now", async () => {
    const { token, session } = await open(clockSet);
    const times = [STEP * 30, (STEP - 1) * 30];

    expect(await session.codes(0x20, times)).toEqual([codeOf(STEP), codeOf(STEP - 1)]);
    expect(token.unixSeconds).toBe(NOW);
    expect(token.sent.filter((report) => report[0] === COMMAND.SET_TIME && report[1] === 1)).toEqual([]);
  });

  it("asks for the oldest first, so that the clock need not go back", async () => {
    const { session } = await open(clockSet);
    const hourAgo = NOW - 3600;
    expect(await session.codes(0x20, [NOW, hourAgo])).toEqual([codeOf(STEP), codeOf(STEP - 120)]);
  });

  it("sets a clock back to now that one old code moved", async () => {
    const { token, session } = await open(clockSet);
    expect(await session.code(0x20, { unixSeconds: NOW - 3600 })).toBe(codeOf(Math.floor((NOW - 3600) / 30)));
    expect(token.unixSeconds).toBe(NOW);
  });

  it("counts HOTP on, with something between two equal requests", async () => {
    const { token, session } = await open();

    expect([await session.nextCode(0x11), await session.nextCode(0x11)]).toEqual([codeOf(5), codeOf(6)]);
    expect(token.commands).toEqual([0x04, 0x00, 0x04]);
  });

  it("never sends the interval 0 to a Storage, and sends it the time", async () => {
    const { token, session } = await open(clockSet, { model: "storage" });
    await session.code(0x20, { unixSeconds: NOW });
    await session.nextCode(0x11);

    const requests = token.sent.filter((report) => report[0] === COMMAND.GET_CODE);
    expect(requests.map((report) => report[18])).toEqual([30, 30]);
    expect(new DataView((requests[0] ?? RANDOM).buffer).getUint32(2, true)).toBe(NOW);
    expect((await session.slots()).length).toBe(3);
    expect(token.sent.find((report) => report[0] === COMMAND.READ_SLOT)?.[2]).toBe(1);
  });

  it("tells an empty slot, and a slot of the other kind", async () => {
    const { session } = await open(clockSet);
    expect((await failure(session.code(0x25, { unixSeconds: NOW }))).code).toBe("no-credentials");
    await expect(session.code(0x11, { unixSeconds: NOW })).rejects.toThrow(RangeError);
    await expect(session.nextCode(0x20)).rejects.toThrow(RangeError);
    await expect(session.code(0x13, { unixSeconds: NOW })).rejects.toThrow(RangeError);
  });

  it("runs one operation at a time", async () => {
    const { session } = await open(clockSet);
    const codes = await Promise.all([
      session.code(0x20, { unixSeconds: STEP * 30 }),
      session.code(0x20, { unixSeconds: (STEP + 10) * 30 }),
      session.nextCode(0x11),
    ]);
    expect(codes).toEqual([codeOf(STEP), codeOf(STEP + 10), codeOf(5)]);
  });
});

it("closes once, after the operation under way", async () => {
  const { token, session } = await open(clockSet);
  const code = session.code(0x20, { unixSeconds: NOW });
  const closing = session.close();

  expect(await code).toBe(codeOf(STEP));
  await Promise.all([closing, session.close()]);
  expect(token.closed).toBe(1);
});
