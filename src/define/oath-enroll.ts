/** `oath-bridge/define/oath-enroll`: registers `<oath-enroll>` and the elements inside it. */
import { OathEnroll } from "../elements/oath-enroll.ts";
import { register } from "../elements/register.ts";
import "./oath-code.ts";
import "./oath-countdown.ts";

register("oath-enroll", OathEnroll);
