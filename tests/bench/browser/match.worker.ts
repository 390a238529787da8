import { expose } from "comlink";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "../random.ts";

const seed = seedOf("BENCH", pseudoRandomBytes(20, 4));
// Not awaited here: messages that arrive before `expose` would be lost.
const loading = createOtpEngine();

/** A verification and nothing else: the engine's sign-in window behind Comlink. */
export const matchService = {
  async match(code: string): Promise<number | null> {
    const options = { atMs: AT_MS, window: { backSteps: 1, aheadSteps: 1 } };
    const engine = await loading;
    return engine.match(seed, code, options)?.driftSteps ?? null;
  },
};

export type MatchService = typeof matchService;

expose(matchService);
