import { LitElement } from "lit";
import { customElement } from "lit/decorators.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TokenSource } from "../../../src/bridge/contract.ts";
import { IdleRelease } from "../../../src/elements/idle-release.ts";
import { leaveTurn, type SessionHolder, takeTurn } from "../../../src/elements/session-turns.ts";
import { TokenConnection } from "../../../src/elements/token-connection.ts";
import { ScriptedToken, ScriptedTokenSource } from "../../support/scripted-token-source.ts";

@customElement("idle-host")
class IdleHost extends LitElement {
  activeTokenSource: TokenSource | undefined;
  needed = false;
  readonly connection = new TokenConnection(this, () => undefined);
  readonly idle = new IdleRelease(this, this.connection, () => this.needed, 60);
}

let host: IdleHost;
let token: ScriptedToken;
const kind = () => host.connection.state.kind;
const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));

beforeEach(async () => {
  token = new ScriptedToken();
  host = new IdleHost();
  host.activeTokenSource = new ScriptedTokenSource(token);
  document.body.append(host);
  await host.connection.load();
});
afterEach(() => document.body.replaceChildren());

it("D13 lets the token go while nobody is there, and opens it again at the first sign", async () => {
  await expect.poll(kind).toBe("paused");
  expect(host.connection.state).toMatchObject({ isIdle: true });
  expect(token.sessions).toBe(0);
  press();
  await expect.poll(kind).toBe("ready");
  expect(token.sessions).toBe(1);
  expect(token.openMost).toBe(1);
});

it("D13 takes away nothing that was begun", async () => {
  host.needed = true;
  const look = vi.spyOn(host.connection, "state", "get");
  await expect.poll(() => look.mock.calls.length).toBeGreaterThan(2);
  expect(kind()).toBe("ready");
  expect(token.sessions).toBe(1);
});

it("D13 leaves the token to the part of the page that has it by then", async () => {
  await expect.poll(kind).toBe("paused");
  const wizard: SessionHolder = { pause: () => Promise.resolve(), resume: () => undefined };
  await takeTurn(wizard);
  press();
  expect(kind()).toBe("paused");
  leaveTurn(wizard);
  press();
  await expect.poll(kind).toBe("ready");
});
