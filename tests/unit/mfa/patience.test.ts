import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Patience } from "../../../src/mfa/patience.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const silent = () => new RangeError("silent for too long");
const never = new Promise<never>(() => undefined);

it("W6 waits as long as there are signs of life, and no longer", async () => {
  const patience = new Patience(1000, silent);
  let outcome = "waiting";
  patience.race(never).catch((error: Error) => (outcome = error.message));
  for (let round = 0; round < 10; round += 1) {
    await vi.advanceTimersByTimeAsync(999);
    patience.renew();
  }
  expect(outcome).toBe("waiting");
  await vi.advanceTimersByTimeAsync(999);
  expect(outcome).toBe("waiting");
  await vi.advanceTimersByTimeAsync(1);
  expect(outcome).toBe("silent for too long");
});

it("settles as what it waits for does, and leaves no timer", async () => {
  const patience = new Patience(1000, silent);
  await expect(patience.race(Promise.resolve(7))).resolves.toBe(7);
  await expect(patience.race(Promise.reject(new TypeError("no")))).rejects.toThrow("no");
  await vi.advanceTimersByTimeAsync(0);
  patience.renew();
  expect(vi.getTimerCount()).toBe(0);
});
