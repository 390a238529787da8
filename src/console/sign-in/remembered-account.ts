import type { TextStorage } from "../safe-storage.ts";

const KEY = "oath-console.account";
/** No account's number or alias is longer (IAM: aliases have 3 to 63 characters). */
const LENGTH_MAX = 63;

/** The account an IAM user signed in to last, where they wanted it remembered. Nothing else about them is kept. */
export class RememberedAccount {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  /** As it was typed; empty for none. */
  get value(): string {
    return (this.#storage.getItem(KEY) ?? "").slice(0, LENGTH_MAX);
  }

  remember(account: string): void {
    this.#storage.setItem(KEY, account.trim());
  }

  forget(): void {
    this.#storage.removeItem(KEY);
  }
}
