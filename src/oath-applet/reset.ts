import type { CommandApdu } from "../apdu/command.ts";
import { INS, PARAMETER } from "./instructions.ts";

/** RESET: every credential and the password are gone. A CanoKey does not have it: its reset is in the admin applet. */
export const RESET_COMMAND: CommandApdu = {
  ins: INS.RESET,
  p1: PARAMETER.RESET_P1,
  p2: PARAMETER.RESET_P2,
};
