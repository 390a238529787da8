import { describe, expect, it } from "vitest";
import { failure, NOW, open, RANDOM, STEP, withPin } from "./bed.ts";
import { codeOf, sealed } from "./fake-nitrokey.ts";

describe("the PIN", () => {
  it("opens the codes, with a random temporary password", async () => {
    const { token, session } = await open(withPin);
    expect(session.locked).toBe(true);
    expect((await failure(session.code(0x20, { unixSeconds: NOW }))).code).toBe("locked");
    expect(token.sent).toEqual([]);

    await session.unlock("123456");

    expect(session.locked).toBe(false);
    expect(token.sent[0]?.slice(26, 51)).toEqual(RANDOM);
    expect(await session.code(0x20, { unixSeconds: NOW })).toBe(codeOf(STEP));
    expect(await session.nextCode(0x11)).toBe(codeOf(5));
  });

  it("tells a wrong one and the tries left", async () => {
    const { session } = await open(withPin);

    for (const left of [2, 1]) {
      const error = await failure(session.unlock("000000"));
      expect(error.code).toBe("wrong-password");
      expect(error.message).toContain(`: ${left}.`);
      expect(error.message).not.toContain("000000");
      expect(await session.pinRetries()).toBe(left);
    }
    expect((await failure(session.unlock("000000"))).message).toContain("blocked now");
    expect(session.locked).toBe(true);
  });

  it("is not sent when it cannot be right", async () => {
    const { token, session } = await open(withPin);
    for (const pin of ["", "1".repeat(26)])
      expect((await failure(session.unlock(pin))).code).toBe("wrong-password");
    expect(token.sent).toEqual([]);
    expect(token.pinTries).toBe(3);
  });

  it("is asked for again when the token forgot it", async () => {
    const { token, session } = await open(withPin);
    await session.unlock("123456");
    token.forgetTemporaryPassword();

    expect((await failure(session.code(0x20, { unixSeconds: NOW }))).code).toBe("locked");
    expect(session.locked).toBe(true);
  });

  it("is not supported by firmware that protects codes in another way", async () => {
    const { session } = await open((token) => {
      withPin(token);
      token.instead.push((report) => sealed(report, { 7: 7 }));
    });
    expect((await failure(session.unlock("123456"))).code).toBe("not-supported");
  });
});
