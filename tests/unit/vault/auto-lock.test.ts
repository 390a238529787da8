import { describe, expect, it, vi } from "vitest";
import { AutoLock, type AutoLockClock } from "../../../src/vault/auto-lock.ts";
import { ManualTimer } from "../../support/manual-timer.ts";

const MINUTE = 60_000;

/** Both clocks and the timer on one manual timer; the wall clock can be set besides. */
function bench(times = { idleMs: 5 * MINUTE, hiddenMs: 15 * MINUTE }) {
  const timer = new ManualTimer();
  const at = { wallOffsetMs: 1_000_000_000, isAsleep: false };
  const clock: AutoLockClock = {
    wallMs: () => timer.now() + at.wallOffsetMs,
    steadyMs: () => timer.now(),
    after: (milliseconds, callback) => timer.after(milliseconds, () => !at.isAsleep && callback()),
  };
  const lock = vi.fn<() => void>();
  return { timer, at, lock, autoLock: new AutoLock(times, lock, clock) };
}
const use = (autoLock: AutoLock) => autoLock.around(() => Promise.resolve());

describe("AutoLock", () => {
  it("P8 locks after the idle time and not before, counted from the last call", async () => {
    const { timer, lock, autoLock } = bench();
    timer.advance(4 * MINUTE);
    await use(autoLock);
    timer.advance(5 * MINUTE - 1);
    expect(lock).not.toHaveBeenCalled();
    timer.advance(1);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  it("P8 does not interrupt a call, and begins to count at its end", async () => {
    const { timer, lock, autoLock } = bench();
    let finish = () => undefined as void;
    const call = autoLock.around(() => new Promise<void>((resolve) => (finish = resolve)));
    timer.advance(60 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    finish();
    await call;
    timer.advance(5 * MINUTE - 1);
    expect(lock).not.toHaveBeenCalled();
    timer.advance(1);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  it("P8 locks before a late call where the timer did not fire", async () => {
    const { timer, at, lock, autoLock } = bench();
    at.isAsleep = true;
    timer.advance(6 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    await autoLock.around(() => {
      expect(lock).toHaveBeenCalledTimes(1);
      return Promise.resolve();
    });
  });

  it("P8 believes whichever clock says more", async () => {
    const { timer, at, lock, autoLock } = bench();
    at.wallOffsetMs += 6 * MINUTE;
    await use(autoLock);
    expect(lock).toHaveBeenCalledTimes(1);
    at.wallOffsetMs -= 3_600 * MINUTE;
    timer.advance(5 * MINUTE);
    expect(lock).toHaveBeenCalledTimes(2);
  });

  it("P8 locks a page hidden for fifteen minutes, however long it may be idle", () => {
    const { timer, lock, autoLock } = bench({ idleMs: 60 * MINUTE, hiddenMs: 15 * MINUTE });
    autoLock.hidden();
    timer.advance(10 * MINUTE);
    autoLock.shown();
    timer.advance(20 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    autoLock.hidden();
    timer.advance(15 * MINUTE - 1);
    expect(lock).not.toHaveBeenCalled();
    timer.advance(1);
    expect(lock).toHaveBeenCalledTimes(1);
  });

  it("P8 locks a page that slept while hidden as soon as it is shown", () => {
    const { timer, at, lock, autoLock } = bench({ idleMs: 60 * MINUTE, hiddenMs: 15 * MINUTE });
    autoLock.hidden();
    at.isAsleep = true;
    timer.advance(16 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
    autoLock.shown();
    expect(lock).toHaveBeenCalledTimes(1);
  });

  it("P8 tells how much is left without that being a use", async () => {
    const { timer, autoLock } = bench();
    timer.advance(4 * MINUTE);
    expect(autoLock.leftMs).toBe(MINUTE);
    expect(autoLock.leftMs).toBe(MINUTE);
    await autoLock.around(() => {
      expect(autoLock.leftMs).toBe(5 * MINUTE);
      return Promise.resolve();
    });
    timer.advance(MINUTE);
    expect(autoLock.leftMs).toBe(4 * MINUTE);
    autoLock.stop();
    timer.advance(9 * MINUTE);
    expect(autoLock.leftMs).toBe(0);
  });

  it("P8 does nothing once stopped", () => {
    const { timer, lock, autoLock } = bench();
    autoLock.stop();
    timer.advance(60 * MINUTE);
    expect(lock).not.toHaveBeenCalled();
  });
});
