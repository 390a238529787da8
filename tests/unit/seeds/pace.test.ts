import { expect, it } from "vitest";
import { Pace } from "../../../src/seeds/pace.ts";

it("gives other tasks a turn", async () => {
  const order: string[] = [];
  setImmediate(() => order.push("other"));

  await new Pace({}).pause(0, 1);
  await new Pace({}).pause(0, 1);
  order.push("resumed");

  expect(order).toEqual(["other", "resumed"]);
});

it("never tells less in total than is done", async () => {
  const told: number[][] = [];
  await new Pace({ onProgress: (...numbers) => told.push(numbers) }).pause(5, 3);
  expect(told).toEqual([[5, 5]]);
});

it("stops before and after the turn", async () => {
  const controller = new AbortController();
  const told: number[] = [];
  const pace = new Pace({ signal: controller.signal, onProgress: (done) => told.push(done) });

  const pausing = pace.pause(1, 2);
  controller.abort(new Error("stop"));

  await expect(pausing).rejects.toThrow("stop");
  await expect(pace.pause(2, 2)).rejects.toThrow("stop");
  expect(told).toEqual([1]);
});
