import { TokenInOtherTabError } from "../core/bridge-error.ts";

/** What is asked of `navigator.locks`. */
export type Locks = Pick<LockManager, "request">;

/** How a token is to be owned. */
export interface OwnOptions {
  /** Takes it from the tab that has it, which lets it go first. */
  readonly takeOver?: boolean | undefined;
  /** Called when another tab takes it over: close it, then let it go. */
  readonly onLost?: (() => void) | undefined;
}

/** A tab that lost its token closes it in a moment; one that is frozen never does. */
const CLOSING_MS = 3_000;

/**
 * Takes the lock of one token, so that no two tabs of this origin talk to it at once (WebHID knows no exclusive claim). Gives
 * the function that lets it go; the browser does so too when the page ends. Rejects with {@link TokenInOtherTabError}.
 *
 * There are two locks: who owns the token, which can be stolen, and who has it open, which cannot: the new owner waits until the
 * last one has closed it, so that no exchange of the two is ever mixed.
 */
export async function takeOwnership(
  locks: Locks | undefined,
  token: string,
  { takeOver = false, onLost = () => undefined }: OwnOptions = {},
): Promise<() => void> {
  if (!locks) return () => undefined;
  const name = `oath-bridge token ${token}`;
  const disown = await hold(locks, name, takeOver ? { steal: true } : { ifAvailable: true }, onLost);
  try {
    const signal = AbortSignal.timeout(CLOSING_MS);
    const letGo = await hold(locks, `${name} open`, { signal }, () => undefined);
    return () => {
      letGo();
      disown();
    };
  } catch (error) {
    disown();
    throw error;
  }
}

/** Holds a lock until the function it gives is called, or until it is stolen. */
function hold(locks: Locks, name: string, options: LockOptions, onLost: () => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    let isHeld = false;
    const request = locks.request(name, options, (lock) => {
      if (!lock) throw new TokenInOtherTabError();
      isHeld = true;
      return new Promise<void>((release) => resolve(release));
    });
    Promise.resolve(request).catch((error: unknown) => {
      if (isHeld) onLost();
      else reject(error instanceof TokenInOtherTabError ? error : new TokenInOtherTabError({ cause: error }));
    });
  });
}
