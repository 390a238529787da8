import type { CommandApdu } from "../apdu/command.ts";
import type { OathDialect, PageCommand } from "./dialect.ts";
import { INS } from "./instructions.ts";

/** Asks for the next page of an answer that ended in 61xx, by the applet's own command or by ISO 7816-4's. */
export function encodeNextPage({ instructions, pageLe }: OathDialect, how: PageCommand): CommandApdu {
  return { ins: how === "send-remaining" ? instructions.sendRemaining : INS.GET_RESPONSE, le: pageLe };
}
