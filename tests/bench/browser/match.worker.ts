import { expose } from "comlink";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "../random.ts";

const seed = seedOf("BENCH", pseudoRandomBytes(20, 4));
const engine = await createOtpEngine();

/** A verification and nothing else: the engine's sign-in window behind Comlink. */
export const matchService = {
  match(code: string): number | null {
    const options = { atMs: AT_MS, window: { backSteps: 1, aheadSteps: 1 } };
    return engine.match(seed, code, options)?.driftSteps ?? null;
  },
};

export type MatchService = typeof matchService;

expose(matchService);
