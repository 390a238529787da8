import { BridgeError } from "../core/bridge-error.ts";

/** What is asked of `navigator.locks`. */
export type Locks = Pick<LockManager, "request">;

/**
 * Takes the lock of one token, so that no two tabs of this origin talk to it at once (WebHID knows no exclusive claim).
 * Gives the function that lets it go; the browser does so too when the page ends. Rejects with `device-in-use`.
 */
export function takeOwnership(locks: Locks | undefined, token: string): Promise<() => void> {
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    const held = locks.request(`oath-bridge token ${token}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        throw new BridgeError(
          "device-in-use",
          "The token is in use in another tab of this site. Close that tab, or let the token go there.",
        );
      }
      return new Promise<void>((release) => resolve(release));
    });
    Promise.resolve(held).catch(reject);
  });
}
