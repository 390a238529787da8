import type { ResponseApdu } from "../apdu/response.ts";
import { isMoreData, SW } from "../apdu/status-words.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import type { PageCommand } from "./dialect.ts";

/** A token that goes on for longer than this is broken or hostile: 255 credentials of the longest names take 35 KB. */
export const PAGE_LIMITS = { BYTES: 65_536, ROUNDS: 256 } as const;

/**
 * Joins the pages of an answer: as long as the status is 61xx (its number means nothing on some tokens), `next` asks for
 * more. A page without data is no progress: then the next way of asking is tried, and without one we stop there. Gives the
 * last status for the caller to judge. Throws `malformed-answer` for an answer that does not end.
 */
export async function collectPages(
  first: ResponseApdu,
  ways: readonly PageCommand[],
  next: (how: PageCommand) => Promise<ResponseApdu>,
): Promise<ResponseApdu> {
  const pages: Bytes[] = [first.data];
  let total = first.data.length;
  let { sw } = first;
  let [how, ...others] = ways;
  /** Some other way than this one may still give more; if it does not, what we have was all. */
  let sawEnd = false;

  for (let round = 0; isMoreData(sw) && how !== undefined; round += 1) {
    if (round >= PAGE_LIMITS.ROUNDS) throw endless();
    const page = await next(how);
    if (page.data.length > 0) {
      pages.push(page.data);
      total += page.data.length;
      ({ sw } = page);
      if (total > PAGE_LIMITS.BYTES) throw endless();
      continue;
    }
    sawEnd ||= page.sw === SW.OK;
    [how, ...others] = others;
    if (how === undefined) sw = sawEnd ? SW.OK : page.sw;
  }
  if (isMoreData(sw)) throw endless();
  return { data: concatBytes(...pages), sw };
}

function endless(): BridgeError {
  return new BridgeError(
    "malformed-answer",
    "The token's answer does not end. Unplug the token, plug it in and try again.",
  );
}
