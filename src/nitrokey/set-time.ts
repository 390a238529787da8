import type { Bytes } from "../core/bytes.ts";
import { COMMAND } from "./commands.ts";
import { u64le } from "./fields.ts";
import { encodeRequest } from "./report.ts";

/** Source: nitrokey-pro-firmware, src/keyboard/report_protocol.c, cmd_set_time. */
const MODE = { CHECK: 0, FORCE: 1 } as const;

/**
 * SET_TIME. Without `force` the token answers TIMESTAMP_WARNING when it has had no time yet, or a later minute. The time it
 * keeps is what its TOTP slots count with.
 */
export function encodeSetTime(time: { readonly unixSeconds: number; readonly force: boolean }): Bytes {
  return encodeRequest(
    COMMAND.SET_TIME,
    Uint8Array.of(time.force ? MODE.FORCE : MODE.CHECK),
    u64le(time.unixSeconds),
  );
}
