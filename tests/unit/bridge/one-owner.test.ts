import { expect, it } from "vitest";
import { takeOwnership, type Locks } from "../../../src/bridge/one-owner.ts";

/** The lock manager of one origin: enough of it to hold names. */
function locks(): Locks {
  const held = new Set<string>();
  const request = async (
    name: string,
    _: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name)) return await work(null);
    held.add(name);
    try {
      return await work({ name, mode: "exclusive" });
    } finally {
      held.delete(name);
    }
  };
  return { request } as unknown as Locks;
}

it("D7 gives a token to one owner at a time", async () => {
  const manager = locks();
  const letGo = await takeOwnership(manager, "a");
  await expect(takeOwnership(manager, "a")).rejects.toMatchObject({ code: "device-in-use" });
  const other = await takeOwnership(manager, "b");
  other();
  letGo();
  await Promise.resolve();
  await expect
    .poll(() =>
      takeOwnership(manager, "a").then(
        () => "taken",
        () => "refused",
      ),
    )
    .toBe("taken");
});

it("works without a lock manager", async () => {
  const letGo = await takeOwnership(undefined, "a");
  expect(letGo()).toBeUndefined();
});
