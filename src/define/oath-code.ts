/** `oath-bridge/define/oath-code`: registers `<oath-code>`. */
import { OathCode } from "../elements/oath-code.ts";
import { register } from "../elements/register.ts";

register("oath-code", OathCode);
