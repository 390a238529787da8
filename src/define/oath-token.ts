/** `oath-bridge/define/oath-token`: registers `<oath-token>` and the elements inside it. */
import { OathToken } from "../elements/oath-token.ts";
import { register } from "../elements/register.ts";
import "./oath-countdown.ts";

register("oath-token", OathToken);
