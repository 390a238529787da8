import type { Credential, ReadCode } from "./contract.ts";

/** The `count` time steps that end with the one of `nowMs`. */
export function movingFactorsUpTo(nowMs: number, periodSeconds: number, count: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${count} codes cannot be read`);
  const last = Math.floor(nowMs / 1000 / periodSeconds);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}

/**
 * Codes with their ages. A time step's code belongs to the moment the reading began, however long the token or the person's
 * touch took since; an earlier step's is as much older as its step. A counter's codes are all new.
 */
export function withAges(
  { type, periodSeconds }: Pick<Credential, "type" | "periodSeconds">,
  codes: readonly string[],
  { startedMs, endedMs }: { readonly startedMs: number; readonly endedMs: number },
): ReadCode[] {
  const tookMs = Math.max(0, endedMs - startedMs);
  return codes.map((code, index) => {
    const stepsOld = codes.length - 1 - index;
    return { code, ageMs: type === "hotp" ? 0 : tookMs + stepsOld * periodSeconds * 1000 };
  });
}

/** Reads `count` codes one after the other. The host supplies the time, so nobody waits for a display. */
export async function readCodes(
  credential: Pick<Credential, "type" | "periodSeconds">,
  count: number,
  now: () => number,
  read: (movingFactor: number) => Promise<string>,
): Promise<ReadCode[]> {
  const startedMs = now();
  const codes: string[] = [];
  for (const movingFactor of movingFactorsUpTo(startedMs, credential.periodSeconds, count)) {
    codes.push(await read(movingFactor));
  }
  return withAges(credential, codes, { startedMs, endedMs: now() });
}
