import { describe, expect, it } from "vitest";
import { ExchangeQueue } from "../../../src/transports/exchange-queue.ts";
import { Gate } from "./outcome.ts";

describe("ExchangeQueue", () => {
  it("runs one exchange at a time, in order", async () => {
    const queue = new ExchangeQueue();
    const log: string[] = [];
    const first = new Gate();
    const exchange = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} starts`);
      await wait;
      log.push(`${name} ends`);
      return name;
    };

    const all = Promise.all([queue.run(exchange("a", first.opened)), queue.run(exchange("b"))]);
    first.open();

    expect(await all).toEqual(["a", "b"]);
    expect(log).toEqual(["a starts", "a ends", "b starts", "b ends"]);
  });

  it("goes on after a failure", async () => {
    const queue = new ExchangeQueue();
    const failed = queue.run(() => Promise.reject(new Error("no")));
    const next = queue.run(() => Promise.resolve(1));
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe(1);
  });

  it("rejects at once on abort, and keeps the turn until the exchange has settled", async () => {
    const queue = new ExchangeQueue();
    const first = new Gate();
    const abort = new AbortController();
    let secondRan = false;

    const aborted = queue.run(() => first.opened, abort.signal);
    const second = queue.run(() => {
      secondRan = true;
      return Promise.resolve();
    });
    abort.abort(new Error("cancelled"));
    await expect(aborted).rejects.toThrow("cancelled");
    expect(secondRan).toBe(false);

    first.open();
    await second;
    expect(secondRan).toBe(true);
  });

  it("does not start what was aborted while it waited", async () => {
    const queue = new ExchangeQueue();
    const first = new Gate();
    const abort = new AbortController();
    let ran = false;
    const under = queue.run(() => first.opened);
    const waiting = queue.run(() => {
      ran = true;
      return Promise.resolve();
    }, abort.signal);

    abort.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    first.open();
    await under;
    await queue.close();
    expect(ran).toBe(false);
  });

  it("closes after the exchange under way, and refuses what waits", async () => {
    const queue = new ExchangeQueue();
    const first = new Gate();
    const log: string[] = [];
    const under = queue.run(() => first.opened.then(() => log.push("exchange")));
    const waiting = queue.run(() => Promise.resolve());
    const closing = queue.close().then(() => log.push("closed"));

    first.open();
    await under;
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await closing;
    expect(log).toEqual(["exchange", "closed"]);
    await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({ name: "AbortError" });
  });
});
