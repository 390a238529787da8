import { expect, it } from "vitest";
import { CallLimit, MOST_CALLS } from "../../../workers/call-limit.ts";

const never = new Promise<void>(() => undefined);

it("W7 lets 64 calls in, refuses the next with `busy` without running it, and takes one for each that ends", async () => {
  const limit = new CallLimit();
  let end = () => undefined as void;
  const first = limit.run(() => new Promise<void>((resolve) => (end = resolve)));
  for (let call = 1; call < MOST_CALLS; call += 1) void limit.run(() => never);
  let ran = 0;
  const next = () => limit.run(async () => void (ran += 1));
  await expect(next()).rejects.toMatchObject({ name: "MfaError", code: "busy" });
  expect(ran).toBe(0);
  end();
  await first;
  await next();
  expect(ran).toBe(1);
});

it("W7 frees the place of a call that fails as well", async () => {
  const limit = new CallLimit();
  const fail = () => limit.run(() => Promise.reject(new Error("no")));
  for (let call = 0; call < MOST_CALLS * 2; call += 1) await expect(fail()).rejects.toThrow("no");
});
