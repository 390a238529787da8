import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { raceWithSignal, withDeadline } from "../../../src/core/abort.ts";
import { isAbortError } from "../../../src/core/errors.ts";

const never = () => new Promise<never>(() => undefined);

describe("raceWithSignal", () => {
  it("passes a value and an error through", async () => {
    const { signal } = new AbortController();
    await expect(raceWithSignal(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(raceWithSignal(Promise.reject(new Error("x")), signal)).rejects.toThrow("x");
    await expect(raceWithSignal(Promise.resolve(2), undefined)).resolves.toBe(2);
  });

  it("rejects with the reason when aborted before or while waiting", async () => {
    await expect(raceWithSignal(never(), AbortSignal.abort())).rejects.toSatisfy(isAbortError);
    const controller = new AbortController();
    const waiting = raceWithSignal(never(), controller.signal);
    controller.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
  });

  it("does not leave a rejection unhandled when the signal came first", async () => {
    const failing = Promise.reject(new Error("later"));
    await expect(raceWithSignal(failing, AbortSignal.abort())).rejects.toSatisfy(isAbortError);
  });
});

describe("withDeadline", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("W6 rejects at the deadline, not before", async () => {
    const seen: unknown[] = [];
    withDeadline(never(), 1000, () => new Error("late")).catch((error: unknown) => seen.push(error));
    await vi.advanceTimersByTimeAsync(999);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([new Error("late")]);
  });

  it("passes what came in time and leaves no timer", async () => {
    await expect(withDeadline(Promise.resolve(1), 1000, () => new Error("late"))).resolves.toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("knows an abort from other errors", () => {
  expect(isAbortError(new DOMException("", "AbortError"))).toBe(true);
  expect(isAbortError(new Error("x"))).toBe(false);
  expect(isAbortError(null)).toBe(false);
  expect(isAbortError("AbortError")).toBe(false);
});
