/** `oath-bridge/define/oath-inventory`: registers `<oath-inventory>`. */
import { OathInventory } from "../elements/oath-inventory.ts";
import { register } from "../elements/register.ts";

register("oath-inventory", OathInventory);
