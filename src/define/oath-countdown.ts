/** `oath-bridge/define/oath-countdown`: registers `<oath-countdown>`. */
import { OathCountdown } from "../elements/oath-countdown.ts";
import { register } from "../elements/register.ts";

register("oath-countdown", OathCountdown);
