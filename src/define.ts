/** `oath-bridge/define`: registers every element. Loading it twice, or beside another copy, does no harm. */
import { OathCode } from "./elements/oath-code.ts";
import { OathCountdown } from "./elements/oath-countdown.ts";
import { OathDevices } from "./elements/oath-devices.ts";
import { OathEnroll } from "./elements/oath-enroll.ts";
import { OathIdentify } from "./elements/oath-identify.ts";
import { OathInventory } from "./elements/oath-inventory.ts";
import { OathResync } from "./elements/oath-resync.ts";
import { OathToken } from "./elements/oath-token.ts";
import { OathVerify } from "./elements/oath-verify.ts";

const ELEMENTS = {
  "oath-code": OathCode,
  "oath-countdown": OathCountdown,
  "oath-devices": OathDevices,
  "oath-enroll": OathEnroll,
  "oath-identify": OathIdentify,
  "oath-inventory": OathInventory,
  "oath-resync": OathResync,
  "oath-token": OathToken,
  "oath-verify": OathVerify,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
