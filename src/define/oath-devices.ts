/** `oath-bridge/define/oath-devices`: registers `<oath-devices>` and the elements inside it. */
import { OathDevices } from "../elements/oath-devices.ts";
import { register } from "../elements/register.ts";
import "./oath-enroll.ts";
import "./oath-resync.ts";

register("oath-devices", OathDevices);
