/** Whoever has a token session open, or had one and waits to have it back. */
export interface SessionHolder {
  /** Somebody else needs the token: closes the session. */
  pause(): Promise<void>;
  /** The turn has come back. */
  resume(): void;
}

/** The last one has the turn; the others, in order, get it back. */
const holders: SessionHolder[] = [];

/**
 * One session is open on a page at a time, because a token has one owner: who takes the turn pauses who had it.
 * Without this, a list of codes on the page would keep the token from the wizard beside it.
 */
export async function takeTurn(holder: SessionHolder): Promise<void> {
  const current = holders.at(-1);
  if (current === holder) return;
  remove(holder);
  holders.push(holder);
  await current?.pause();
}

/** Gives the turn back; harmless for who has none. */
export function leaveTurn(holder: SessionHolder): void {
  const hadTurn = holders.at(-1) === holder;
  remove(holder);
  if (hadTurn) holders.at(-1)?.resume();
}

/** True while somebody has the turn. */
export function isTurnTaken(): boolean {
  return holders.length > 0;
}

function remove(holder: SessionHolder): void {
  const at = holders.indexOf(holder);
  if (at >= 0) holders.splice(at, 1);
}
