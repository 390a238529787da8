import { expect, it } from "vitest";
import { OperationQueue } from "../../../src/oath-applet/operation-queue.ts";

function gate(): { blocked: Promise<void>; release: () => void } {
  const opened = new AbortController();
  const blocked = new Promise<void>((resolve) => {
    opened.signal.addEventListener("abort", () => resolve());
  });
  return { blocked, release: () => opened.abort() };
}

it("runs one operation at a time, in order, even behind a failed one", async () => {
  const queue = new OperationQueue();
  const events: string[] = [];
  const operation = (name: string) => async () => {
    events.push(`${name} begins`);
    await Promise.resolve();
    events.push(`${name} ends`);
    if (name === "bad") throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled([
    queue.run(operation("first")),
    queue.run(operation("bad")),
    queue.run(operation("last")),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(events).toEqual([
    "first begins",
    "first ends",
    "bad begins",
    "bad ends",
    "last begins",
    "last ends",
  ]);
});

it("tells who gives up at once, and never begins what they asked for", async () => {
  const queue = new OperationQueue();
  const { blocked, release } = gate();
  const first = queue.run(async () => blocked);
  const controller = new AbortController();
  let begun = false;
  const second = queue.run(async () => {
    begun = true;
  }, controller.signal);
  controller.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  release();
  await first;
  await queue.run(async () => undefined);
  expect(begun).toBe(false);
});

it("lets the next one wait for the end of an operation that was given up", async () => {
  const queue = new OperationQueue();
  const { blocked, release } = gate();
  const controller = new AbortController();
  const events: string[] = [];
  const first = queue.run(async () => {
    await blocked;
    events.push("first");
  }, controller.signal);
  const second = queue.run(async () => events.push("second"));
  await Promise.resolve();
  controller.abort(new Error("given up"));
  await expect(first).rejects.toThrow("given up");
  release();
  await second;
  expect(events).toEqual(["first", "second"]);
});
