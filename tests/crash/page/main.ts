import { createLocalMfaService, type LocalMfaService, type ObservedCode } from "../../../src/mfa/index.ts";

/** What the tests call in the page. */
export interface CrashPage {
  /** Starts the service on the one database of this origin. */
  open(): Promise<void>;
  /** Tokens of the inventory. */
  seedCount(): Promise<number>;
  importSeeds(file: string): Promise<number>;
  /** Every user's devices, by serial number. */
  enrolled(userNames: readonly string[]): Promise<string[]>;
  enable(token: TokenInUse, codes: CodePair): Promise<string>;
  verify(token: TokenInUse, code: string): Promise<string>;
  resync(token: TokenInUse, codes: CodePair): Promise<string>;
  /** Puts the vault under a passphrase, reads every seed once, and locks it. */
  useAndLock(token: TokenInUse, passphrase: string, code: string): Promise<string>;
  /** Submits one code `times` times at once, when the other page says so or after saying so itself. */
  submitTogether(token: TokenInUse, code: string, times: number): Promise<string[]>;
}

export interface TokenInUse {
  readonly userName: string;
  readonly serialNumber: string;
}

export type CodePair = readonly [string, string];

declare global {
  interface Window {
    crash: CrashPage;
  }
}

const START = new BroadcastChannel("start");

let service: LocalMfaService | undefined;

function opened(): LocalMfaService {
  if (!service) throw new Error("open comes first");
  return service;
}

const observed = (code: string): ObservedCode => ({ code, ageMs: 0 });

function pairOf([first, second]: CodePair): [ObservedCode, ObservedCode] {
  return [observed(first), observed(second)];
}

/** `accepted`, or the error's code. */
function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "accepted",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}

/** Two pages wait for each other: each says it is ready until it hears the other. */
function bothReady(): Promise<void> {
  const say = () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin.
    START.postMessage("ready");
  };
  return new Promise<void>((resolve) => {
    const onMessage = () => {
      START.removeEventListener("message", onMessage);
      // The other may have begun to listen only after our first word.
      say();
      resolve();
    };
    START.addEventListener("message", onMessage);
    say();
  });
}

window.crash = {
  async open() {
    service = await createLocalMfaService({ databaseName: "oath-bridge-crash" });
  },
  async seedCount() {
    return (await opened().listSeeds({ limit: 100_000 })).length;
  },
  async importSeeds(file) {
    return (await opened().importSeeds(file)).imported;
  },
  async enrolled(userNames) {
    const lists = await Promise.all(userNames.map((userName) => opened().listMfaDevices(userName)));
    return lists.flat().map(({ serialNumber }) => serialNumber);
  },
  enable: (token, codes) =>
    outcome(opened().enableMfaDevice({ ...token, deviceName: token.serialNumber, codes: pairOf(codes) })),
  verify: ({ userName, serialNumber }, code) =>
    outcome(opened().verifyCode({ userName, serialNumber, code: observed(code) })),
  resync: (token, codes) => outcome(opened().resyncMfaDevice({ ...token, codes: pairOf(codes) })),
  async useAndLock(token, passphrase, code) {
    await opened().createVault(passphrase);
    const verified = await this.verify(token, code);
    await opened().identifyToken([observed(code)]);
    await opened().lock();
    return verified;
  },
  async submitTogether(token, code, times) {
    await bothReady();
    return await Promise.all(Array.from({ length: times }, () => this.verify(token, code)));
  },
};
