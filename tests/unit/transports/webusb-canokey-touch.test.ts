import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openCanokey } from "./fake-canokey.ts";
import { bytes, failure, outcome, text, resultOf } from "./outcome.ts";

const SELECT = bytes("00a4040007a0000005272101");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("touch", () => {
  it("is told once, after half a second of work", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = 40;
    const onWaiting = vi.fn();
    await resultOf(connection.transmit(SELECT, { onWaiting }));
    expect(onWaiting).toHaveBeenCalledTimes(1);
  });

  it("is not told for a quick answer", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = 10;
    const onWaiting = vi.fn();
    await resultOf(connection.transmit(SELECT, { onWaiting }));
    expect(onWaiting).not.toHaveBeenCalled();
  });

  it.each([
    ["3 s without a touch", {}, 3_000],
    ["32 s with one", { onWaiting: () => {} }, 32_000],
    ["what the caller says", { timeoutMs: 700 }, 700],
  ])("is waited for: %s", async (_, options, limitMs) => {
    const { key, connection } = await openCanokey();
    key.workingPolls = Number.POSITIVE_INFINITY;
    const started = performance.now();
    expect((await failure(connection.transmit(SELECT, options))).code).toBe("timeout");
    expect(performance.now() - started).toBeGreaterThanOrEqual(limitMs);
    expect(performance.now() - started).toBeLessThan(limitMs + 60);
  });

  it("can be cancelled; the next exchange waits for the key and drops the old answer", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = 100;
    key.answer = (command) => Uint8Array.of(command[1] ?? 0, 0x90, 0x00);
    const abort = new AbortController();
    const cancelled = connection.transmit(bytes("00a2000100"), {
      signal: abort.signal,
      onWaiting: () => {
        abort.abort(new Error("cancelled"));
      },
    });
    expect(await outcome(cancelled)).toMatchObject({ error: { message: "cancelled" } });

    expect(text(await resultOf(connection.transmit(bytes("00a1000000"), { timeoutMs: 30_000 })))).toBe(
      "a19000",
    );
    expect(key.received.map(text)).toEqual(["00a2000100", "00a1000000"]);
  });

  it("asked for before and never given makes the key busy", async () => {
    const { key, connection } = await openCanokey();
    key.workingPolls = Number.POSITIVE_INFINITY;
    await failure(connection.transmit(SELECT));
    expect((await failure(connection.transmit(SELECT))).code).toBe("device-in-use");
    expect(key.received).toHaveLength(1);
  });
});
