import { expect, it } from "vitest";
import { leaveTurn, type SessionHolder, takeTurn } from "../../../src/elements/session-turns.ts";

function holder(name: string, log: string[]): SessionHolder {
  return {
    pause: async () => {
      await Promise.resolve();
      log.push(`${name} paused`);
    },
    resume: () => log.push(`${name} resumes`),
  };
}

it("gives the turn to the last that takes it, once the one before has let go, and back again", async () => {
  const log: string[] = [];
  const [list, wizard, other] = ["list", "wizard", "other"].map((name) => holder(name, log));
  if (!list || !wizard || !other) throw new Error("three are needed");

  await takeTurn(list);
  await takeTurn(list);
  expect(log).toEqual([]);
  await takeTurn(wizard);
  log.push("wizard has it");
  await takeTurn(other);
  leaveTurn(wizard);
  leaveTurn(wizard);
  expect(log).toEqual(["list paused", "wizard has it", "wizard paused"]);

  leaveTurn(other);
  expect(log.at(-1)).toBe("list resumes");
  leaveTurn(list);
  expect(log).toHaveLength(4);
});
