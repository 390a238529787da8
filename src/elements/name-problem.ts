import type { Credential, NewCredential } from "../bridge/contract.ts";
import { utf8Bytes } from "../core/bytes.ts";
import { rawName } from "./credential-name.ts";
import { TaskProblem } from "./dialog-task.ts";
import type { Messages } from "./messages.ts";

/** YKOATH protocol, Yubico, "Put": the credential's name, `[period/][issuer:]account`, has at most 64 bytes. */
const NAME_BYTES = 64;
const DEFAULT_PERIOD = 30;

/** Why a credential cannot have this name: missing, too long, or taken. Null when it can. */
export function nameProblem(
  name: Pick<NewCredential, "issuer" | "account" | "periodSeconds">,
  others: readonly Credential[],
  text: Messages,
): TaskProblem | null {
  const { token } = text;
  if (name.account === "") return new TaskProblem(token.accountMissing, "account");
  const period = name.periodSeconds === DEFAULT_PERIOD ? "" : `${name.periodSeconds}/`;
  if (utf8Bytes(period + rawName(name)).length > NAME_BYTES) {
    return new TaskProblem(token.accountTooLong, "account");
  }
  const isTaken = others.some((other) => rawName(other) === rawName(name));
  return isTaken ? new TaskProblem(token.accountTaken, "account") : null;
}
