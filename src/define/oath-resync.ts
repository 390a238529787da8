/** `oath-bridge/define/oath-resync`: registers `<oath-resync>` and the elements inside it. */
import { OathResync } from "../elements/oath-resync.ts";
import { register } from "../elements/register.ts";
import "./oath-code.ts";
import "./oath-countdown.ts";

register("oath-resync", OathResync);
