import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ApduConnection } from "../../../src/apdu/connection.ts";
import {
  appletToken,
  type OathSession,
  type OathToken,
  TokenInOtherTabError,
} from "../../../src/bridge/index.ts";
import { takeOwnership } from "../../../src/bridge/one-owner.ts";
import { VirtualApduConnection } from "../../../src/virtual/apdu-connection.ts";
import { VirtualCanoKey } from "../../../src/virtual/canokey/canokey.ts";
import { REAL_TIMER } from "../../support/real-timer.ts";

/** One key that says when two have it open at once, or when an exchange of one falls between those of another. */
class WatchedKey {
  readonly #key = new VirtualCanoKey({
    timer: REAL_TIMER,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  open = 0;
  mixed = 0;

  connect(): Promise<ApduConnection> {
    this.open += 1;
    if (this.open > 1) this.mixed += 1;
    const connection = new VirtualApduConnection("CanoKey", this.#key, new AbortController().signal);
    const transmit = connection.transmit.bind(connection);
    connection.transmit = async (...given) => {
      if (this.open !== 1) this.mixed += 1;
      return await transmit(...given);
    };
    const close = connection.close.bind(connection);
    let isClosed = false;
    connection.close = async () => {
      await close();
      if (!isClosed) this.open -= 1;
      isClosed = true;
    };
    return Promise.resolve(connection);
  }
}

let key: WatchedKey;
let name: string;
const sessions: OathSession[] = [];
beforeEach(() => {
  key = new WatchedKey();
  name = crypto.randomUUID();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

/** The token as one tab sees it: the browser's real locks are the same for all. */
function tab(): OathToken {
  return appletToken(
    {
      info: { name: "CanoKey", manufacturer: "canokeys.org", api: "virtual" },
      own: (options) => takeOwnership(navigator.locks, name, options),
      forget: () => Promise.resolve(),
    },
    () => key.connect(),
    "canokey",
  );
}

async function open(token: OathToken, options: Parameters<OathToken["open"]>[0] = {}): Promise<OathSession> {
  const session = await token.open(options);
  sessions.push(session);
  return session;
}

it("D7 a tab takes a token over from another, which is told and lets it go first", async () => {
  const [one, other] = [tab(), tab()];
  const onTakenOver = vi.fn<(error: Error) => void>();
  const first = await open(one, { onTakenOver });
  await expect(other.open()).rejects.toBeInstanceOf(TokenInOtherTabError);
  expect(onTakenOver).not.toHaveBeenCalled();
  const second = await open(other, { takeOver: true });
  expect(onTakenOver).toHaveBeenCalledExactlyOnceWith(expect.any(TokenInOtherTabError));
  await expect(second.list()).resolves.toEqual([]);
  await expect(first.list()).rejects.toThrow();
  await expect(one.open()).rejects.toMatchObject({ code: "device-in-use" });
  await second.close();
  await expect(open(one)).resolves.toBeDefined();
});

it("D7 never lets two talk at once, however often and early it changes hands", async () => {
  const tabs = [tab(), tab(), tab()];
  for (let turn = 0; turn < 150; turn += 1) {
    const token = tabs[turn % tabs.length] ?? tab();
    const session = await open(token, { takeOver: true });
    // Left in the middle of it by the next turn.
    void session.list().catch(() => undefined);
  }
  expect(key.mixed).toBe(0);
});

it("D7 gives up where the other tab does not let go, and leaves the token to it", async () => {
  // As a tab that was frozen: it owns the token, is told, and does nothing.
  const stuck = await takeOwnership(navigator.locks, name);
  const opening = tab().open({ takeOver: true });
  await expect(opening).rejects.toBeInstanceOf(TokenInOtherTabError);
  expect(key.open).toBe(0);
  stuck();
  await expect(open(tab(), { takeOver: true })).resolves.toBeDefined();
});
