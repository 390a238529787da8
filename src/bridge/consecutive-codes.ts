import type { Credential, ReadCode } from "./contract.ts";

/** The `count` time steps that end with the one of `nowMs`. */
export function movingFactorsUpTo(nowMs: number, periodSeconds: number, count: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${count} codes cannot be read`);
  const last = Math.floor(nowMs / 1000 / periodSeconds);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}

/**
 * Reads codes one after the other. The host supplies the time, so nobody waits for a display; an earlier step's code is as
 * old as its step. A counter's codes are all new.
 */
export async function readCodes(
  credential: Pick<Credential, "type" | "periodSeconds">,
  movingFactors: readonly number[],
  read: (movingFactor: number) => Promise<string>,
): Promise<ReadCode[]> {
  const codes: ReadCode[] = [];
  for (const [index, movingFactor] of movingFactors.entries()) {
    const stepsOld = credential.type === "hotp" ? 0 : movingFactors.length - 1 - index;
    codes.push({ code: await read(movingFactor), ageMs: stepsOld * credential.periodSeconds * 1000 });
  }
  return codes;
}
