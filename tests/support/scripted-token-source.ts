import type {
  Credential,
  NewCredential,
  OathSession,
  OathToken,
  OpenTokenOptions,
  ReadCode,
  RequestTokenOptions,
  SupportedToken,
  TokenAbilities,
  TokenEvent,
  TokenInfo,
  TokenSource,
} from "../../src/bridge/contract.ts";
import type { CodeOptions } from "../../src/bridge/contract.ts";
import { ClockRefusedError } from "../../src/nitrokey/command-errors.ts";
import { BridgeError, type BridgeErrorCode, TokenInOtherTabError } from "../../src/core/bridge-error.ts";

/** A token's error; its message must not reach the person. */
export function tokenError(code: BridgeErrorCode): BridgeError {
  return new BridgeError(code, "internal detail");
}

/** A credential with the given differences to a plain one. */
export function makeCredential(differences: Partial<Credential> = {}): Credential {
  const { issuer = "AWS", account = "root" } = differences;
  return {
    id: issuer === "" ? account : `${issuer}:${account}`,
    issuer,
    account,
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    needsTouch: false,
    ...differences,
  };
}

/** The code a scripted token shows: of its credential and its moving factor, and of nothing else. */
export function scriptedCode(credential: Credential, movingFactor: number): string {
  let sum = movingFactor;
  for (const character of credential.id) sum = sum * 31 + (character.codePointAt(0) ?? 0);
  const digits = credential.digits ?? 6;
  return String(Math.abs(sum) % 10 ** digits).padStart(digits, "0");
}

type Change = "put" | "delete" | "rename" | "setPassword";

/** What a scripted session is asked to do beside giving codes. */
export interface SessionCall {
  readonly operation: Change | "unlock";
  readonly detail: unknown;
}

const ALL: TokenAbilities = { put: true, delete: true, rename: true, password: true, reset: false };

/**
 * A token that plays a script. Opening, listing and codes are free; each change and each unlocking must be the next one
 * expected, and gets the answer written for it. `problems` collects what was not expected, for `assertFinished`.
 */
export class ScriptedToken implements OathToken {
  readonly info: TokenInfo;
  credentials: Credential[];
  abilities = ALL;
  locked = false;
  /** Waits for a touch before each code, though its list does not say so. */
  asksForTouch = false;
  openError: Error | null = null;
  /** What happens when another tab takes the open token over. */
  loseToOtherTab: () => void = () => undefined;
  listError: Error | null = null;
  /** Refuses to have its clock set, until the person allows it. */
  clockIsAhead = false;
  /** What the next codes come to instead: an error, or a promise the test settles. */
  readonly codeAnswers: (Error | Promise<unknown>)[] = [];
  /** Changes wait for it first, as behind another exchange. */
  turn: Promise<unknown> = Promise.resolve();
  readonly calls: SessionCall[] = [];
  readonly problems: string[] = [];
  /** Sessions open now, and how many were at most. */
  sessions = 0;
  openMost = 0;
  opened = 0;
  forgotten = false;
  now: () => number = Date.now;
  #counter = 0;
  readonly #script: { readonly operation: SessionCall["operation"]; readonly answer: Error | null }[] = [];

  constructor(credentials: Credential[] = [makeCredential()], info: Partial<TokenInfo> = {}) {
    this.credentials = credentials;
    this.info = {
      name: "CanoKey",
      manufacturer: "canokeys.org",
      serialNumber: "0A1B2C3D",
      api: "virtual",
      ...info,
    };
  }

  expect(operation: SessionCall["operation"], answer: Error | null = null): this {
    this.#script.push({ operation, answer });
    return this;
  }

  /** Fails when something expected was not done, or something unexpected was, or a session is still open. */
  assertFinished(): void {
    const left = this.#script.map(({ operation }) => `not called: ${operation}`);
    if (this.sessions > 0) left.push("a session is still open");
    if (this.openMost > 1) left.push("two sessions were open at once");
    const all = [...this.problems, ...left];
    if (all.length > 0) throw new Error(all.join("; "));
  }

  play(operation: SessionCall["operation"], detail: unknown): void {
    this.calls.push({ operation, detail });
    const next = this.#script.shift();
    if (next?.operation !== operation) {
      const problem = `unexpected ${operation}; the script has ${next?.operation ?? "nothing"} here`;
      this.problems.push(problem);
      throw new Error(problem);
    }
    if (next.answer) throw next.answer;
  }

  nextCounter(): number {
    return (this.#counter += 1);
  }

  async open({ signal, takeOver, onTakenOver }: OpenTokenOptions = {}): Promise<OathSession> {
    await Promise.resolve();
    signal?.throwIfAborted();
    if (takeOver && this.openError instanceof TokenInOtherTabError) this.openError = null;
    if (this.openError) throw this.openError;
    this.loseToOtherTab = () => {
      this.openError = new TokenInOtherTabError();
      onTakenOver?.(this.openError);
    };
    this.opened += 1;
    this.sessions += 1;
    this.openMost = Math.max(this.openMost, this.sessions);
    return new ScriptedSession(this);
  }

  async forget(): Promise<void> {
    if (this.sessions > 0) this.problems.push("forgotten while a session was open");
    this.forgotten = true;
  }
}

class ScriptedSession implements OathSession {
  locked: boolean;
  hasPassword: boolean;
  readonly #token: ScriptedToken;
  #isClosed = false;

  constructor(token: ScriptedToken) {
    this.#token = token;
    this.locked = token.locked;
    this.hasPassword = token.locked;
  }

  get info(): TokenInfo {
    return this.#token.info;
  }

  get abilities(): TokenAbilities {
    return this.#token.abilities;
  }

  async unlock(password: string): Promise<void> {
    this.#require(true);
    this.#token.play("unlock", password);
    this.locked = false;
  }

  async list(): Promise<Credential[]> {
    this.#require();
    if (this.#token.listError) throw this.#token.listError;
    return [...this.#token.credentials];
  }

  async code(
    credential: Credential,
    at: { movingFactor: number },
    options: CodeOptions = {},
  ): Promise<string> {
    this.#require();
    await this.#wait(credential, options);
    const factor = credential.type === "hotp" ? this.#token.nextCounter() : at.movingFactor;
    return scriptedCode(credential, factor);
  }

  async consecutiveCodes(
    credential: Credential,
    count: number,
    options: CodeOptions = {},
  ): Promise<ReadCode[]> {
    this.#require();
    const { periodSeconds } = credential;
    const step = Math.floor((options.now ?? this.#token.now)() / 1000 / periodSeconds);
    const codes: ReadCode[] = [];
    for (let back = count - 1; back >= 0; back -= 1) {
      await this.#wait(credential, options);
      const factor = credential.type === "hotp" ? this.#token.nextCounter() : step - back;
      const ageMs = credential.type === "hotp" ? 0 : back * periodSeconds * 1000;
      codes.push({ code: scriptedCode(credential, factor), ageMs });
    }
    return codes;
  }

  async put(
    credential: NewCredential,
    secret: Uint8Array,
    { signal }: CodeOptions = {},
  ): Promise<Credential> {
    await this.#token.turn;
    signal?.throwIfAborted();
    this.#require();
    this.#token.play("put", { ...credential, secret: Array.from(secret) });
    const { issuer, account, type, algorithm, digits, periodSeconds, needsTouch = false } = credential;
    const added = makeCredential({ issuer, account, type, algorithm, digits, periodSeconds, needsTouch });
    this.#token.credentials.push(added);
    return added;
  }

  async delete(credential: Credential, { signal }: CodeOptions = {}): Promise<void> {
    await this.#token.turn;
    signal?.throwIfAborted();
    this.#require();
    this.#token.play("delete", credential.id);
    this.#token.credentials = this.#token.credentials.filter(({ id }) => id !== credential.id);
  }

  async rename(credential: Credential, to: { issuer: string; account: string }): Promise<void> {
    this.#require();
    this.#token.play("rename", { id: credential.id, ...to });
    this.#token.credentials = this.#token.credentials.map((one) =>
      one.id === credential.id ? makeCredential({ ...one, ...to, id: `${to.issuer}:${to.account}` }) : one,
    );
  }

  async setPassword(password: string | null): Promise<void> {
    this.#require();
    this.#token.play("setPassword", password);
    this.hasPassword = password !== null;
  }

  async reset(): Promise<void> {
    this.#token.problems.push("unexpected reset");
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#token.sessions -= 1;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A touch, or what the script has instead of a code. */
  async #wait(credential: Credential, { onTouch, onClockRefused, signal }: CodeOptions): Promise<void> {
    signal?.throwIfAborted();
    if (this.#token.clockIsAhead) {
      if (!((await onClockRefused?.()) ?? false)) throw new ClockRefusedError();
      this.#token.clockIsAhead = false;
    }
    if (credential.needsTouch || this.#token.asksForTouch) onTouch?.();
    const answer = this.#token.codeAnswers.shift();
    if (answer instanceof Error) throw answer;
    await answer;
    signal?.throwIfAborted();
    this.#require();
  }

  #require(whileLocked = false): void {
    if (this.#isClosed) this.#token.problems.push("a closed session was used");
    if (this.locked && !whileLocked) throw tokenError("locked");
  }
}

/** The catalogue of a browser that reads both kinds. */
export const CATALOGUE: readonly SupportedToken[] = [
  {
    name: "CanoKey",
    api: "webusb",
    usb: [{ vendorId: 0x20a0, productId: 0x42d4 }],
    reads: ["codes", "list", "serial-number"],
    reachable: true,
    advice: "",
  },
  {
    name: "Nitrokey Pro",
    api: "webhid",
    usb: [{ vendorId: 0x20a0, productId: 0x4108 }],
    reads: ["codes", "list", "serial-number"],
    reachable: true,
    advice: "",
  },
  {
    name: "YubiKey",
    api: "typed",
    usb: [{ vendorId: 0x1050 }],
    reads: ["codes"],
    reachable: true,
    advice: "Put the cursor into the code field, then press the key.",
  },
  {
    name: "Thales OTP 110",
    api: "none",
    usb: [],
    reads: [],
    reachable: false,
    advice: "Type the code from its display.",
  },
];

/** The same where the browser reaches nothing. */
export const UNREACHABLE: readonly SupportedToken[] = CATALOGUE.map((row) =>
  row.api === "typed" ? row : { ...row, reachable: false, advice: "Use Chrome or Edge on a computer." },
);

/** A token source that plays a script: a chooser opens only when one is expected. */
export class ScriptedTokenSource implements TokenSource {
  catalogue = CATALOGUE;
  granted: ScriptedToken[];
  grantedError: Error | null = null;
  readonly requests: (RequestTokenOptions | undefined)[] = [];
  readonly problems: string[] = [];
  readonly #answers: (OathToken | null | Error | Promise<OathToken | null>)[] = [];
  readonly #listeners = new Set<(event: TokenEvent) => void>();

  constructor(...granted: ScriptedToken[]) {
    this.granted = granted;
  }

  /** The next chooser gives this. */
  expectRequest(answer: OathToken | null | Error | Promise<OathToken | null>): this {
    this.#answers.push(answer);
    return this;
  }

  /** How many elements watch now. */
  get watchers(): number {
    return this.#listeners.size;
  }

  plug(token: OathToken): void {
    for (const listener of this.#listeners) listener({ kind: "plugged", token });
  }

  unplug(token: OathToken): void {
    for (const listener of this.#listeners) listener({ kind: "unplugged", token });
  }

  supportedTokens(): readonly SupportedToken[] {
    return this.catalogue;
  }

  async requestToken(options?: RequestTokenOptions): Promise<OathToken | null> {
    this.requests.push(options);
    const answer = this.#answers.shift();
    if (answer === undefined) {
      this.problems.push("unexpected chooser");
      throw new Error("unexpected chooser");
    }
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async grantedTokens(): Promise<OathToken[]> {
    if (this.grantedError) throw this.grantedError;
    return [...this.granted];
  }

  watchTokens(listener: (event: TokenEvent) => void, { signal }: { readonly signal: AbortSignal }): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  /** Fails when something unexpected was done, here or on a token, or when an expected thing was not. */
  assertFinished(...tokens: ScriptedToken[]): void {
    for (const token of new Set([...this.granted, ...tokens])) token.assertFinished();
    const left = this.#answers.map(() => "an expected chooser was not opened");
    const all = [...this.problems, ...left];
    if (all.length > 0) throw new Error(all.join("; "));
  }
}
