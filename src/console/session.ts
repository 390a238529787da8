import { type DemoUser, findDemoUser } from "./demo-account.ts";
import type { TextStorage } from "./safe-storage.ts";

const KEY = "oath-console.signed-in";

/** Who is signed in, and how far that goes. */
export interface SignedIn {
  readonly user: DemoUser;
  /** Signed in without this token: until it is removed or kept out of use, only it can be dealt with. */
  readonly lostSerialNumber: string | null;
}

/** Who is signed in, per tab. It holds a user name, perhaps a serial number, and no secret; it ends with the tab. */
export class Session {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  /** Who is signed in, or null; what somebody else wrote there signs nobody in. */
  get current(): SignedIn | null {
    const saved = parse(this.#storage.getItem(KEY) ?? "null");
    if (typeof saved !== "object" || saved === null) return null;
    const { userName, lostSerialNumber } = saved as Record<string, unknown>;
    const user = typeof userName === "string" ? findDemoUser(userName) : null;
    if (!user) return null;
    return { user, lostSerialNumber: typeof lostSerialNumber === "string" ? lostSerialNumber : null };
  }

  /** Call it only after every factor was proved, or its alternatives were. */
  start({ user, lostSerialNumber }: SignedIn): void {
    this.#storage.setItem(KEY, JSON.stringify({ userName: user.userName, lostSerialNumber }));
  }

  end(): void {
    this.#storage.removeItem(KEY);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
