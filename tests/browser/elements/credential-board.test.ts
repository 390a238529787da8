import { afterEach, expect, it, vi } from "vitest";
import { StatusWordError } from "../../../src/core/bridge-error.ts";
import type { OathSession } from "../../../src/bridge/contract.ts";
import { Announcer } from "../../../src/elements/announcer.ts";
import { CredentialBoard } from "../../../src/elements/credential-board.ts";
import { withOverrides } from "../../../src/elements/messages.ts";
import { TouchPrompt } from "../../../src/elements/touch-prompt.ts";
import { makeCredential } from "../../support/scripted-token-source.ts";

const STEP_MS = 30_000;
let board: CredentialBoard | undefined;

afterEach(() => board?.hostDisconnected());

/** A board without an element around it; `read` gives the next code, or throws. */
function makeBoard(read: () => string) {
  const clock = { nowMs: 1_790_000_000_000 };
  const refused: string[] = [];
  const host = {
    now: () => clock.nowMs,
    text: withOverrides(undefined),
    renderRoot: document.body,
    updateComplete: Promise.resolve(true),
    addController: () => {},
    removeController: () => {},
    requestUpdate: vi.fn<() => void>(),
  };
  let reads = 0;
  const code = async () => {
    reads += 1;
    return read();
  };
  const session = { code } as unknown as OathSession;
  const touch = new TouchPrompt(host, new Announcer(host));
  const made = new CredentialBoard(host, touch, {
    onCode: () => {},
    onRefused: (_, error) => refused.push(error.message),
    onError: (error) => {
      throw error;
    },
  });
  board = made;
  return { made, session, clock, refused, reads: () => reads, host };
}

const wake = () => document.dispatchEvent(new Event("visibilitychange"));

it("shows nothing of a deleted account for a new one of its name", async () => {
  let next = "111111";
  const { made, session } = makeBoard(() => next);
  const account = makeCredential();
  made.start(session, [account]);
  await expect.poll(() => made.codeOf(account)?.code).toBe("111111");

  made.start(session, []);
  next = "222222";
  made.start(session, [account]);

  expect(made.codeOf(account)).toBeNull();
  await expect.poll(() => made.codeOf(account)?.code).toBe("222222");
});

it("takes a refused code away, says it once, and tries again in the next time step", async () => {
  let answer: () => string = () => "111111";
  const { made, session, clock, refused } = makeBoard(() => answer());
  const account = makeCredential();
  made.hostConnected();
  made.start(session, [account]);
  await expect.poll(() => made.codeOf(account)?.code).toBe("111111");

  answer = () => {
    throw new StatusWordError("CALCULATE", 0x6f00);
  };
  for (let step = 0; step < 2; step += 1) {
    clock.nowMs += STEP_MS;
    wake();
    await expect.poll(() => made.refusalOf(account)).not.toBeNull();
    expect(made.codeOf(account)).toBeNull();
  }
  expect(refused).toHaveLength(1);

  answer = () => "333333";
  clock.nowMs += STEP_MS;
  wake();
  await expect.poll(() => made.codeOf(account)?.code).toBe("333333");
  expect(made.refusalOf(account)).toBeNull();
});

it("does not spin for an account whose period is longer than a timer can be", async () => {
  const { made, session, host, reads } = makeBoard(() => "111111");
  const account = makeCredential({ periodSeconds: 999_999_999 });
  made.start(session, [account]);
  await expect.poll(() => made.codeOf(account)?.code).toBe("111111");
  host.requestUpdate.mockClear();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(reads()).toBe(1);
  expect(host.requestUpdate).not.toHaveBeenCalled();
});
