import { afterEach, beforeEach, expect, it } from "vitest";
import { MfaBench } from "../../support/mfa-bench.ts";

const DAY_MS = 86_400_000;

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
  await bench.enable();
  bench.passSteps(10);
});
afterEach(() => bench.close());

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );

it.each([60_000, 3_600_000, DAY_MS, 365 * DAY_MS, 3650 * DAY_MS])(
  "C3 with a clock set back by %i ms no code is accepted that was, nor one before it",
  async (backMs) => {
    const codes = [bench.code(-2), bench.code(-1), bench.code()];
    await bench.verify(bench.code());
    bench.nowMs -= backMs;
    for (const code of codes) expect(await outcome(bench.verify(code))).not.toBe("accepted");
    // The code of the time we now take for the present is before the mark, too.
    expect(await outcome(bench.verify(bench.code()))).not.toBe("accepted");
  },
);

it("C4 after a code of tomorrow was accepted, today's are refused with a reason, and no mark is lowered", async () => {
  bench.nowMs += DAY_MS;
  const tomorrow = bench.code();
  await bench.verify(tomorrow);
  const { token } = await bench.store.status("TEST00000001");
  bench.nowMs -= DAY_MS;
  // Only once the step after the one that was used has begun.
  const usableAtMs = (Math.floor(bench.nowMs / 30_000) + 1) * 30_000 + DAY_MS;
  const refused = { code: "code-already-used", details: { reason: "mark-in-future", usableAtMs } };
  await expect(bench.verify(bench.code())).rejects.toMatchObject(refused);
  bench.passSteps(4);
  await expect(bench.resync(bench.pair())).rejects.toMatchObject(refused);
  expect((await bench.store.status("TEST00000001")).token.lastAcceptedFactor).toBe(token.lastAcceptedFactor);

  // It is no lockout for good: the way out is the time, or another token.
  bench.nowMs += DAY_MS;
  expect(await outcome(bench.verify(tomorrow))).not.toBe("accepted");
  // The wait that the refusals have earned.
  bench.passSteps(4);
  expect(await outcome(bench.verify(bench.code()))).toBe("accepted");
});

it("C7 a code is accepted once around the edge of its step, millisecond by millisecond", async () => {
  const edgeMs = Math.ceil(bench.nowMs / 30_000) * 30_000;
  for (let offsetMs = -12; offsetMs <= 12; offsetMs += 1) {
    // A minute further each time, and as far from the edge as the sweep says.
    const atMs = edgeMs + (offsetMs + 20) * 120_000 + offsetMs;
    bench.nowMs = atMs;
    const step = Math.floor(atMs / 30_000);
    expect(bench.step()).toBe(offsetMs < 0 ? Math.round(atMs / 30_000) - 1 : Math.round(atMs / 30_000));
    const shown = bench.code();
    // Submitted up to 29 s after the next step began, it is still good, and then never again.
    bench.nowMs = (step + 1) * 30_000 + 29_000 * ((offsetMs + 12) / 24);
    expect(await outcome(bench.verify(shown)), `${offsetMs} ms`).toBe("accepted");
    expect(await outcome(bench.verify(shown)), `${offsetMs} ms`).toBe("code-already-used");
    expect(await outcome(bench.verify(bench.code())), "the next step's").toBe("accepted");
  }
});
