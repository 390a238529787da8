/** `oath-bridge/define/oath-verify`: registers `<oath-verify>` and the elements inside it. */
import { OathVerify } from "../elements/oath-verify.ts";
import { register } from "../elements/register.ts";
import "./oath-code.ts";
import "./oath-countdown.ts";
import "./oath-resync.ts";

register("oath-verify", OathVerify);
