import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dataBlock, openPico, timeExtension } from "./fake-pico.ts";
import { bytes, failure, outcome, text, resultOf } from "./outcome.ts";

const SELECT = bytes("00a4040007a000000527210100");
const OK = bytes("9000");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("waiting", () => {
  it("goes on through time extensions, and is told once", async () => {
    const { pico, connection } = await openPico();
    pico.answer = () => [];
    const onWaiting = vi.fn();
    const beat = setInterval(() => {
      pico.send(timeExtension(1));
    }, 1000);
    const late = setTimeout(() => {
      clearInterval(beat);
      pico.send(dataBlock(1, OK));
    }, 10_000);
    expect(text(await resultOf(connection.transmit(SELECT, { onWaiting })))).toBe("9000");
    clearTimeout(late);
    expect(onWaiting).toHaveBeenCalledTimes(1);
  });

  it("lets a time extension lengthen the time, but not what the caller says", async () => {
    const { pico, connection } = await openPico();
    pico.answer = (_, sequence) => [timeExtension(sequence)];
    let started = performance.now();
    expect((await failure(connection.transmit(SELECT))).code).toBe("timeout");
    expect(performance.now() - started).toBe(32_000);
    started = performance.now();
    expect((await failure(connection.transmit(SELECT, { timeoutMs: 900 }))).code).toBe("timeout");
    expect(performance.now() - started).toBe(900);
  });

  it("D2 gives a silent token 3 s, then goes on with the next command", async () => {
    const { pico, connection } = await openPico();
    const good = pico.answer;
    pico.answer = () => [];
    const started = performance.now();
    expect((await failure(connection.transmit(bytes("00")))).code).toBe("timeout");
    expect(performance.now() - started).toBe(3_000);
    pico.answer = good;
    expect(text(await resultOf(connection.transmit(SELECT)))).toBe("9000");
  });

  it("can be cancelled; the late answer is not taken for the next one's", async () => {
    const { pico, connection } = await openPico();
    const abort = new AbortController();
    const good = pico.answer;
    pico.answer = () => [];
    const cancelled = connection.transmit(SELECT, {
      signal: abort.signal,
      onWaiting: () => {
        abort.abort(new Error("cancelled"));
      },
    });
    expect(await outcome(cancelled)).toMatchObject({ error: { message: "cancelled" } });

    pico.answer = good;
    const next = connection.transmit(bytes("00a1000000"));
    setTimeout(() => {
      pico.send(dataBlock(1, bytes("6982")));
    }, 1000);
    expect(text(await resultOf(next))).toBe("9000");
    expect(pico.received.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it("finds the token busy when a cancelled command goes on", async () => {
    const { pico, connection } = await openPico();
    pico.answer = () => [];
    const abort = new AbortController();
    const cancelled = connection.transmit(SELECT, { signal: abort.signal, onWaiting: () => abort.abort() });
    await outcome(cancelled);
    expect((await failure(connection.transmit(SELECT))).code).toBe("device-in-use");
    expect(pico.received).toHaveLength(1);
  });
});
