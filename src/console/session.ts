import type { TextStorage } from "./safe-storage.ts";

const KEY = "oath-console.signed-in";

/** Who is signed in, per tab. It holds a user name and no secret, and ends with the tab. */
export class Session {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  /** The signed-in user, or null. */
  get userName(): string | null {
    return this.#storage.getItem(KEY);
  }

  /** Call it only after every factor was proved. */
  start(userName: string): void {
    this.#storage.setItem(KEY, userName);
  }

  end(): void {
    this.#storage.removeItem(KEY);
  }
}
