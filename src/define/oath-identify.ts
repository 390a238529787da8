/** `oath-bridge/define/oath-identify`: registers `<oath-identify>`. */
import { OathIdentify } from "../elements/oath-identify.ts";
import { register } from "../elements/register.ts";

register("oath-identify", OathIdentify);
