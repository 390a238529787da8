import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { OathToken } from "../../src/elements/oath-token.ts";
import { later, mount, USER } from "./elements.ts";
import { makeDevice, ScriptedMfaService } from "./scripted-mfa-service.ts";
import {
  makeCredential,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
  UNREACHABLE,
} from "./scripted-token-source.ts";

const NOW = 1_790_000_015_000;
const CREDENTIALS = [
  makeCredential(),
  makeCredential({
    issuer: "GitHub",
    account: "a-very-long-account-name-without-a-break@subdomain.example.com",
  }),
  makeCredential({ issuer: "Bank", account: "1234", needsTouch: true }),
  makeCredential({ issuer: "", account: "\u202Eold counter", type: "hotp" }),
  makeCredential({ issuer: "Slow", account: "minute", periodSeconds: 60, digits: 8 }),
];

const button = (name: string) => page.getByRole("button", { name, exact: true });
const press = (name: string) => userEvent.click(button(name));

async function show(source: ScriptedTokenSource): Promise<OathToken> {
  return mount("oath-token", { tokenSource: source, now: () => NOW });
}

async function connected(token = new ScriptedToken([...CREDENTIALS])): Promise<OathToken> {
  const element = await show(new ScriptedTokenSource(token));
  await expect.poll(() => element.shadowRoot?.querySelector(".chip")).toBeTruthy();
  return element;
}

function lockedToken(): ScriptedToken {
  const token = new ScriptedToken().expect("unlock", tokenError("wrong-password"));
  token.locked = true;
  return token;
}

function untouched(): ScriptedToken {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  token.codeAnswers.push(later<null>().promise);
  return token;
}

async function reading(token: ScriptedToken | null): Promise<void> {
  const tokenSource = new ScriptedTokenSource(...(token ? [token] : []));
  await mount("oath-enroll", { userName: USER, tokenSource });
  await userEvent.fill(page.getByLabelText("Device name"), "Blue-key-fob");
  await press("Next");
  await press("Read from token");
}

async function addForm(): Promise<void> {
  await connected(new ScriptedToken([]).expect("put"));
  await press("Add credential");
  await expect.element(page.getByRole("dialog")).toBeVisible();
}

async function fillAddForm(isFresh: boolean): Promise<void> {
  await addForm();
  if (isFresh) await userEvent.click(page.getByLabelText("Make a new one"));
  else await userEvent.fill(page.getByLabelText("Secret key or otpauth: link"), "GEZDGNBVGY3TQOJQ");
  await userEvent.fill(page.getByLabelText("Account", { exact: true }), "root");
  await press("Continue");
}

/** Each state of a USB token on the page, and of reading from one, ready to be looked at. */
export const TOKEN_STATES: Record<string, () => Promise<unknown>> = {
  "no token source": () => mount("oath-token"),
  "a browser without USB": async () => {
    const source = new ScriptedTokenSource();
    source.catalogue = UNREACHABLE;
    await show(source);
  },
  "no token yet": () => show(new ScriptedTokenSource()),
  "an open chooser": async () => {
    await show(new ScriptedTokenSource().expectRequest(later<null>().promise));
    await press("Connect USB token");
  },
  "several tokens": () =>
    show(new ScriptedTokenSource(new ScriptedToken(), new ScriptedToken([], { serialNumber: "99998888" }))),
  "a locked token with a wrong password": async () => {
    await show(new ScriptedTokenSource(lockedToken()));
    await userEvent.fill(page.getByLabelText("Token password"), "wrong");
    await press("Unlock");
    await expect.element(page.getByLabelText("Token password")).toHaveAttribute("aria-invalid", "true");
  },
  "a token with codes": async () => {
    const element = await connected();
    await expect.poll(() => element.shadowRoot?.querySelectorAll(".code:not(.pending)").length).toBe(3);
    await userEvent.click(page.getByRole("button", { name: /AWS/u }));
  },
  "a token with many accounts": async () => {
    const many = Array.from({ length: 12 }, (_, index) => makeCredential({ account: `user${index}` }));
    await connected(new ScriptedToken(many));
  },
  "an empty token": () => connected(new ScriptedToken([])),
  "a token that waits for a touch": async () => {
    await connected(untouched());
    await press("Show code");
    await expect.element(page.getByText("30 s left")).toBeVisible();
  },
  "a token in use": async () => {
    const token = new ScriptedToken();
    token.openError = tokenError("device-in-use");
    await show(new ScriptedTokenSource(token));
    await expect.element(button("Try again")).toBeVisible();
  },
  "another token in its place": async () => {
    const token = new ScriptedToken([...CREDENTIALS]);
    const source = new ScriptedTokenSource(token);
    await show(source);
    await expect.element(page.getByText("GitHub")).toBeVisible();
    source.unplug(token);
    source.plug(new ScriptedToken([], { serialNumber: "99998888" }));
    await expect.element(button("Use it instead")).toBeVisible();
  },
  "a new credential": () => addForm(),
  "a new credential with a problem": async () => {
    await addForm();
    await press("Continue");
  },
  "a new credential before it is written": () => fillAddForm(false),
  "a new credential that was written": async () => {
    await fillAddForm(true);
    await press("Write to token");
    await expect.element(button("Done")).toBeVisible();
  },
  "the question before a credential is deleted": async () => {
    await connected();
    await userEvent.click(page.getByRole("button", { name: /GitHub/u }));
    await press("Delete");
  },
  "a new password": async () => {
    await connected();
    await press("Set password");
  },
  "reading with a choice of accounts": () => reading(new ScriptedToken([...CREDENTIALS])),
  "reading from a locked token": () => reading(lockedToken()),
  "reading that waits for a touch": async () => {
    await reading(untouched());
    await expect.element(page.getByText("30 s left")).toBeVisible();
  },
  "reading without a token": () => reading(null),
  "codes that were read": async () => {
    await reading(new ScriptedToken());
    await expect.element(page.getByText("Read from CanoKey, AWS:root").first()).toBeVisible();
  },
  "a sign-in with a token at hand": async () => {
    const service = new ScriptedMfaService();
    service.devices = [makeDevice()];
    const tokenSource = new ScriptedTokenSource(new ScriptedToken());
    await mount("oath-verify", { userName: USER, service, tokenSource });
    await press("Read from token");
    await expect.element(page.getByText("Read from CanoKey, AWS:root")).toBeVisible();
  },
};
