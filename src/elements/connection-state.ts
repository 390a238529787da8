import { isThisToken } from "./same-token.ts";
import type { Credential, OathSession, OathToken } from "../bridge/contract.ts";

/**
 * Where the way to a token stands.
 * - `idle`: no token. `choosing`: the browser's chooser is open. `several`: more than one may be used.
 * - `opening`, `locked`, `reading`, `ready`: with a session, from `locked` on.
 * - `paused`: another part of the page has the token, or nobody is there to use it (`isIdle`). `unplugged`: waits for it to come back; `other` came instead.
 * - `failed`: with the error, and the token where there is one.
 */
export type ConnectionState =
  | { readonly kind: "idle" }
  | { readonly kind: "choosing" }
  | { readonly kind: "several"; readonly tokens: readonly OathToken[] }
  | { readonly kind: "opening"; readonly token: OathToken }
  | {
      readonly kind: "locked";
      readonly token: OathToken;
      readonly session: OathSession;
      readonly isBusy: boolean;
      readonly error: unknown;
    }
  | { readonly kind: "reading"; readonly token: OathToken; readonly session: OathSession }
  | {
      readonly kind: "ready";
      readonly token: OathToken;
      readonly session: OathSession;
      readonly credentials: readonly Credential[];
    }
  | { readonly kind: "paused"; readonly token: OathToken; readonly isIdle: boolean }
  | { readonly kind: "unplugged"; readonly token: OathToken; readonly other: OathToken | null }
  | { readonly kind: "failed"; readonly token: OathToken | null; readonly error: unknown };

export type StateOf<Kind extends ConnectionState["kind"]> = ConnectionState & { readonly kind: Kind };

/** The token of a state, where it has one. */
export function tokenOf(state: ConnectionState): OathToken | null {
  return "token" in state ? state.token : null;
}

/** The choice that is left when one token is gone. */
export function withoutToken(tokens: readonly OathToken[], gone: OathToken): ConnectionState {
  const left = tokens.filter((token) => !isThisToken(token, gone));
  return left.length === 0 ? { kind: "idle" } : { kind: "several", tokens: left };
}
