import { describe, expect, it } from "vitest";
import { StatusWordError } from "../../../src/core/bridge-error.ts";
import type { Bytes } from "../../../src/core/bytes.ts";
import { failure, open, stale } from "./bed.ts";
import { codeOf, sealed } from "./fake-nitrokey.ts";

describe("waiting for the answer", () => {
  it("asks soon at first, and goes on while the token is busy", async () => {
    const { token, session, sleeps } = await open();
    token.busyReads = 30;

    expect(await session.pinRetries()).toBe(3);
    expect(sleeps.slice(0, 7)).toEqual([2, 5, 10, 20, 40, 100, 100]);
    expect(sleeps).toHaveLength(31);
  });

  it.each([
    ["pro", 1600],
    ["storage", 2240],
  ] as const)("D2 gives up on a silent %s after its maker's patience", async (model, patienceMs) => {
    const { token, session, sleeps } = await open(undefined, { model });
    token.instead.push(...Array.from({ length: 100 }, () => stale));

    expect((await failure(session.pinRetries())).code).toBe("timeout");
    const waited = sleeps.reduce((total, each) => total + each, 0);
    expect(waited).toBeGreaterThanOrEqual(patienceMs);
    expect(waited).toBeLessThanOrEqual(patienceMs + 100);
  });

  it("D5 gives up on a token that stays busy", async () => {
    const { token, session, sleeps } = await open();
    token.busyReads = Number.POSITIVE_INFINITY;
    expect((await failure(session.pinRetries())).code).toBe("timeout");
    expect(sleeps.reduce((total, each) => total + each, 0)).toBeGreaterThanOrEqual(10_000);
  });

  it("tells garbage from silence", async () => {
    const { token, session } = await open();
    token.instead.push(...Array.from({ length: 100 }, () => () => new Uint8Array(64).fill(0xee)));
    expect((await failure(session.pinRetries())).code).toBe("malformed-answer");
  });

  it("reads a half-written report again", async () => {
    const { token, session } = await open();
    token.instead.push((report) => Uint8Array.from(report, (byte, index) => (index === 7 ? 9 : byte)));
    expect(await session.pinRetries()).toBe(3);
  });

  it("D5 does not take a report that is wrong in another way each time", async () => {
    const { token, session } = await open();
    token.instead.push(
      ...Array.from(
        { length: 100 },
        (_, round) => (report: Bytes) =>
          Uint8Array.from(report, (byte, index) => (index === 7 ? round : byte)).fill(1, 63),
      ),
    );
    expect((await failure(session.pinRetries())).code).toBe("malformed-answer");
  });

  it("tells a device error, an unknown command and a refusal apart", async () => {
    const { token, session } = await open();
    const answer = async (changes: Readonly<Record<number, number>>) => {
      await session.nextCode(0x11);
      token.instead.push((report) => sealed(report, changes));
      return failure(session.pinRetries());
    };

    expect((await answer({ 0: 2 })).code).toBe("malformed-answer");
    expect((await answer({ 6: 9 })).code).toBe("not-supported");
    const refusal = await answer({ 6: 11 });
    expect(refusal).toBeInstanceOf(StatusWordError);
    expect(refusal).toMatchObject({ sw: 11 });
  });

  it("stops at an abort, and goes on with the next request", async () => {
    const { token, session } = await open();
    const abort = new AbortController();
    token.instead.push((report) => {
      abort.abort(new Error("enough"));
      return Uint8Array.from(report, (byte, index) => (index === 0 ? 1 : byte));
    });

    await expect(session.pinRetries({ signal: abort.signal })).rejects.toThrow("enough");
    await expect(session.slots({ signal: abort.signal })).rejects.toThrow("enough");
    expect(await session.nextCode(0x11)).toBe(codeOf(5));
  });
});
