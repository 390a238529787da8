import { createContext } from "@lit/context";
import type { TokenSource } from "../bridge/contract.ts";

/**
 * Where the elements find USB tokens: the nearest ancestor's source, `undefined` while there is none; they then ask the
 * browser itself. `Symbol.for`, so that two copies of this package on one page understand each other.
 */
export const tokenSourceContext = createContext<TokenSource | undefined>(
  Symbol.for("oath-bridge:token-source"),
);
