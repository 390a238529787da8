import { describe, expect, it, vi } from "vitest";
import { ClockRefusedError } from "../../../src/nitrokey/command-errors.ts";
import { clockSet, failure, NOW, open, STEP } from "./bed.ts";
import { codeOf } from "./fake-nitrokey.ts";

describe("a clock that refuses", () => {
  it("is never forced without consent", async () => {
    const { token, session } = await open();
    for (const ask of [undefined, () => Promise.resolve(false)]) {
      const error = await failure(session.code(0x20, { unixSeconds: NOW }, { onClockRefused: ask }));
      expect(error).toBeInstanceOf(ClockRefusedError);
      expect(error).toMatchObject({ code: "status-word", sw: 6 });
    }
    expect(token.commands).toEqual([0x0b, 0x00, 0x0b]);
    expect(token.sent.map((report) => report[1])).toEqual([0, 0, 0]);
  });

  it("is forced after consent, which is asked for once", async () => {
    const ask = vi.fn(() => Promise.resolve(true));
    const { token, session } = await open(undefined, { onClockRefused: ask });

    expect(await session.code(0x20, { unixSeconds: NOW })).toBe(codeOf(STEP));
    expect(await session.codes(0x20, [NOW - 3600, NOW - 3570])).toEqual([
      codeOf(STEP - 120),
      codeOf(STEP - 119),
    ]);
    expect(ask.mock.calls).toEqual([[{ unixSeconds: NOW, setByThisSession: false }]]);
    expect(token.unixSeconds).toBe(NOW);
  });

  it("says when the refusal comes of this session's own setting", async () => {
    const ask = vi.fn(() => Promise.resolve(false));
    const { session } = await open(clockSet, { onClockRefused: ask });
    await session.code(0x20, { unixSeconds: NOW });

    await failure(session.code(0x20, { unixSeconds: NOW - 60 }));
    expect(ask.mock.calls).toEqual([[{ unixSeconds: NOW - 60, setByThisSession: true }]]);
  });

  it("stays as it is when it refuses now", async () => {
    const { token, session } = await open(clockSet);
    expect(await session.code(0x20, { unixSeconds: NOW + 300 })).toBe(codeOf(STEP + 10));
    expect(token.unixSeconds).toBe(NOW + 300);
  });

  it("closes while the person is being asked", async () => {
    const { token, session } = await open();
    const closing: Promise<void>[] = [];
    const onClockRefused = () => {
      closing.push(session.close());
      return new Promise<boolean>(() => {});
    };

    await expect(session.code(0x20, { unixSeconds: NOW }, { onClockRefused })).rejects.toMatchObject({
      name: "AbortError",
    });
    await Promise.all(closing);
    expect(token.closed).toBe(1);
  });
});
