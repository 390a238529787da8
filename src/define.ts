/** `oath-bridge/define`: registers every element. Loading it twice, or beside another copy, does no harm. */
import "./define/oath-code.ts";
import "./define/oath-countdown.ts";
import "./define/oath-devices.ts";
import "./define/oath-enroll.ts";
import "./define/oath-identify.ts";
import "./define/oath-inventory.ts";
import "./define/oath-resync.ts";
import "./define/oath-token.ts";
import "./define/oath-verify.ts";
