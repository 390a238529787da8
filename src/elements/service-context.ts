import { createContext } from "@lit/context";
import type { MfaService } from "../mfa/contract.ts";

/**
 * How the elements find their service: the nearest ancestor's, `undefined` while there is none. `Symbol.for`, so that two
 * copies of this package on one page understand each other.
 */
export const mfaServiceContext = createContext<MfaService | undefined>(Symbol.for("oath-bridge:mfa-service"));
