import { describe, expect, it } from "vitest";
import type { Argon2Cost } from "../../../src/vault/argon2.ts";
import { argon2CostFor, tuneArgon2 } from "../../../src/vault/argon2-tuning.ts";
import { requireKdfParameters } from "../../../src/vault/kdf-parameters.ts";

const MIB = 1024;
const durationMs = (msPerMiB: number) => {
  const { memoryKiB, passes } = argon2CostFor(msPerMiB);
  return (memoryKiB / MIB) * passes * msPerMiB;
};

describe("argon2CostFor", () => {
  it.each<[string, number, Argon2Cost]>([
    ["an ordinary machine: RFC 9106's 64 MiB and three passes", 4, { memoryKiB: 64 * MIB, passes: 3 }],
    ["half as fast: fewer passes", 7, { memoryKiB: 64 * MIB, passes: 2 }],
    ["a phone: one pass", 12, { memoryKiB: 64 * MIB, passes: 1 }],
    ["slower than that: OWASP's least, however long it takes", 30, { memoryKiB: 19 * MIB, passes: 2 }],
    ["a fast machine: more memory", 1, { memoryKiB: 256 * MIB, passes: 3 }],
    ["a faster one: more passes then", 0.5, { memoryKiB: 256 * MIB, passes: 4 }],
    ["a clock that shows nothing: the most we accept", 0, { memoryKiB: 256 * MIB, passes: 10 }],
  ])("S1 tunes to %s", (_, msPerMiB, cost) => {
    expect(argon2CostFor(msPerMiB)).toEqual(cost);
  });

  it("S1 is never below OWASP's floor nor out of our own range, and takes half a second to one", () => {
    for (let msPerMiB = 0.01; msPerMiB < 1_000; msPerMiB *= 1.07) {
      const cost = argon2CostFor(msPerMiB);
      expect(() => requireKdfParameters({ kdf: "Argon2id", ...cost })).not.toThrow();
      const isAtALimit = cost.memoryKiB === 19 * MIB || cost.passes === 10;
      if (!isAtALimit) {
        expect(durationMs(msPerMiB)).toBeGreaterThanOrEqual(500);
        expect(durationMs(msPerMiB)).toBeLessThanOrEqual(1_000);
      }
    }
  });
});

describe("tuneArgon2", () => {
  it("S1 goes by the quicker of two runs", async () => {
    let nowMs = 0;
    const durations = [900, 128];
    const cost = await tuneArgon2(
      (_password, _salt, { memoryKiB, passes }) => {
        expect({ memoryKiB, passes }).toEqual({ memoryKiB: 32 * MIB, passes: 1 });
        nowMs += durations.shift() ?? Number.NaN;
        return Promise.resolve(new Uint8Array(32));
      },
      () => nowMs,
    );
    expect(cost).toEqual({ memoryKiB: 64 * MIB, passes: 3 });
    expect(durations).toEqual([]);
  });
});
